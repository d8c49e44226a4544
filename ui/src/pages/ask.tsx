import { parseDate } from '@internationalized/date'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  Button,
  DateField,
  DateInput,
  DateSegment,
  Form,
  Input,
  Label,
  NumberField,
} from 'react-aria-components'
import { answer, api, type AskAnswer, type AskForm, type ChoicesPage } from '../api/client'
import { choicesQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Choice } from '../parts/choice'
import { Clauses } from '../parts/clause'
import { FaultNotice } from '../parts/fault'
import { Mark, type Meaning } from '../parts/mark'
import { Search } from '../parts/search'
import type { AskStart } from '../route'
import { useWords } from '../words/words'

/** What has been typed so far. */
interface Draft {
  giver: string | null
  receiver: string | null
  action: string
  commodity: string | null
  quantity: number | null
  purpose: string | null
  on: string | null
  onward: string | null
  status: string
}

const EMPTY: Draft = {
  giver: null,
  receiver: null,
  action: 'order',
  commodity: null,
  quantity: null,
  purpose: 'disaster_relief',
  on: null,
  onward: null,
  status: 'actual',
}

const ACTIONS = ['request', 'offer', 'order', 'push'] as const
const STATUSES = ['actual', 'exercise'] as const

/** May we, and under what? Asks the agreements of this node; nothing is sent to anybody. */
export function Ask({ agreement, start }: { agreement?: string; start?: AskStart | undefined }) {
  const choices = useQuery(choicesQuery)
  return (
    <Answer query={choices}>
      {page => <Questions choices={page} agreement={agreement} start={start} />}
    </Answer>
  )
}

interface QuestionsProps {
  choices: ChoicesPage
  agreement: string | undefined
  /** What a link has filled in. */
  start: AskStart | undefined
}

function Questions({ choices, agreement, start }: QuestionsProps) {
  const { t } = useWords()
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, ...start })
  const asking = useMutation({
    mutationFn: (form: AskForm) => answer(api.POST('/api/v1/agreements/ask', { body: form })),
  })
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    // An old answer beside a changed question would be read as its answer.
    asking.reset()
  }
  const form = formOf(draft, choices, agreement)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (form !== null) asking.mutate(form)
  }
  return (
    <>
      <Form className="ask" onSubmit={send}>
        <Fields draft={draft} change={change} choices={choices} />
        <div className="ask-send">
          <Button type="submit" className="button button-main" isDisabled={form === null || asking.isPending}>
            {t('ask-send')}
          </Button>
          {form === null ? <p className="note">{t('ask-incomplete')}</p> : null}
        </div>
      </Form>
      <div aria-live="polite">
        {asking.isError ? <FaultNotice fault={asking.error} /> : null}
        {asking.data === undefined ? null : <Decision decision={asking.data} />}
      </div>
    </>
  )
}

/** The question to send; null while something is missing. */
function formOf(draft: Draft, choices: ChoicesPage, agreement: string | undefined): AskForm | null {
  const { giver, receiver, commodity, purpose, quantity } = draft
  if (giver === null || receiver === null || commodity === null || purpose === null) return null
  const unit = choices.commodities.find(choice => choice.id === commodity)?.unit
  return {
    agreement: agreement ?? null,
    giver,
    receiver,
    action: draft.action,
    commodity,
    quantity: quantity === null || unit == null ? null : `${quantity} ${unit}`,
    purpose,
    on: draft.on,
    onward_to: draft.onward,
    status: draft.status,
  }
}

interface FieldsProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
  choices: ChoicesPage
}

function Fields({ draft, change, choices }: FieldsProps) {
  const { t, term, pick } = useWords()
  const parties = choices.parties.map(({ id, names }) => ({ id, title: pick(names) }))
  const named = (lines: ChoicesPage['commodities']) =>
    lines.map(({ id, names }) => ({ id, title: pick(names) }))
  const words = (group: string, ids: readonly string[]) =>
    ids.map(id => ({ id, title: term(group, id) }))
  return (
    <>
      <Search
        label={t('ask-giver')}
        options={parties}
        value={draft.giver}
        onChange={giver => change({ giver })}
        required
      />
      <Search
        label={t('ask-receiver')}
        options={parties}
        value={draft.receiver}
        onChange={receiver => change({ receiver })}
        required
      />
      <Choice
        label={t('ask-action')}
        options={words('action', ACTIONS)}
        value={draft.action}
        onChange={action => change({ action })}
      />
      <Search
        label={t('ask-commodity')}
        options={named(choices.commodities)}
        value={draft.commodity}
        onChange={commodity => change({ commodity })}
        required
      />
      <Quantity draft={draft} change={change} choices={choices} />
      <Choice
        label={t('ask-purpose')}
        options={named(choices.purposes)}
        value={draft.purpose}
        onChange={purpose => change({ purpose })}
        required
      />
      <DateField
        className="field"
        value={draft.on === null ? null : parseDate(draft.on)}
        onChange={date => change({ on: date === null ? null : date.toString() })}
      >
        <Label className="field-label">{t('ask-on')}</Label>
        <DateInput className="field-input field-date">
          {segment => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
      </DateField>
      <Search
        label={t('ask-onward')}
        options={parties}
        value={draft.onward}
        onChange={onward => change({ onward })}
      />
      <Choice
        label={t('ask-status')}
        options={words('status', STATUSES)}
        value={draft.status}
        onChange={status => change({ status })}
      />
    </>
  )
}

function Quantity({ draft, change, choices }: FieldsProps) {
  const { t, term } = useWords()
  const unit = choices.commodities.find(choice => choice.id === draft.commodity)?.unit
  return (
    <NumberField
      className="field"
      value={draft.quantity ?? Number.NaN}
      onChange={quantity => change({ quantity: Number.isNaN(quantity) ? null : quantity })}
      minValue={0}
      formatOptions={{ maximumFractionDigits: 3 }}
    >
      <Label className="field-label">
        {unit == null ? t('ask-quantity') : t('ask-quantity-in', { unit: term('unit-name', unit.toLowerCase()) })}
      </Label>
      <Input className="field-input" />
    </NumberField>
  )
}

const OUTCOMES: Readonly<Record<string, Meaning>> = {
  permitted: 'done',
  refused: 'stopped',
  needs: 'waiting',
}

/** What the agreements say, with the clauses that say it. */
function Decision({ decision }: { decision: AskAnswer }) {
  const { t, term, pick } = useWords()
  return (
    <section className={`decision decision-${decision.outcome}`} aria-label={t('decision')}>
      <p className="decision-outcome">
        <Mark meaning={OUTCOMES[decision.outcome] ?? 'unknown'}>{term('outcome', decision.outcome)}</Mark>
      </p>
      {decision.reasons.length === 0 ? null : (
        <ul className="plain-list">
          {decision.reasons.map((reason, position) => (
            <li key={`${reason.code}/${position}`}>{pick(reason.words)}</li>
          ))}
        </ul>
      )}
      <h3>{t('decision-clauses')}</h3>
      {decision.clauses.length === 0 ? <p>{t('decision-no-clauses')}</p> : <Clauses clauses={decision.clauses} />}
      {decision.settlement.length === 0 ? null : (
        <>
          <h3>{t('settlement')}</h3>
          <p>{decision.settlement.map(mode => term('settlement', mode)).join(t('list-separator'))}</p>
        </>
      )}
      <p className="note">{t('decision-note')}</p>
    </section>
  )
}
