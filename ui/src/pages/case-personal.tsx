import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, CheckboxGroup, Form, Label } from 'react-aria-components'
import { type ActLine, answer, api, type PersonalLine } from '../api/client'
import { nodeQuery, personalQuery, queryClient } from '../api/queries'
import { Answer } from '../parts/answer'
import { Check } from '../parts/check'
import { Pane } from '../parts/dialog'
import { FaultNotice } from '../parts/fault'
import { Mark } from '../parts/mark'
import { Notice } from '../parts/notice'
import { Party } from '../parts/party'
import { When } from '../parts/when'
import { useWords } from '../words/words'
import { ableTo, type OfficerLine, signersNeeded, useOfficerNames } from './officers'

const KIND = 'retract_personal_data'

interface PersonalProps {
  act: ActLine
  personal: PersonalLine
  /** The status of the case. */
  status: string
}

/** Personal data beside an act: shown when asked for, taken back by their party. */
export function Personal({ act, personal, status }: PersonalProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  if (personal.retracted != null) return <Retracted at={personal.retracted} personal={personal} />
  return (
    <div className="act-personal">
      <p>
        <strong>{t('personal')}</strong>{' '}
        <Button
          className="button button-small"
          onPress={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={t(open ? 'personal-hide-of' : 'personal-show-of', { act: act.id.slice(0, 8) })}
        >
          {t(open ? 'personal-hide' : 'personal-show')}
        </Button>{' '}
        {personal.own ? <Retract act={act} status={status} /> : null}
      </p>
      {open ? <Text act={act.id} /> : null}
    </div>
  )
}

function Text({ act }: { act: string }) {
  const { t } = useWords()
  return (
    <Answer query={useQuery(personalQuery(act))}>
      {page => (
        <div className="act-personal-text" aria-live="polite">
          {page.text == null ? t(`personal-${page.state}`) : page.text}
          {page.since == null ? null : (
            <>
              {' '}
              <When at={page.since} all />
            </>
          )}
        </div>
      )}
    </Answer>
  )
}

/** What is left to say once they were taken back: when, and who is known to know. */
function Retracted({ at, personal }: { at: string; personal: PersonalLine }) {
  const { t } = useWords()
  const parties = (list: PersonalLine['awaited']) =>
    list.map(party => <Party key={party.id} party={party} />)
  return (
    <div className="act-personal">
      <p>
        <Mark meaning="done">{t('personal-retracted')}</Mark> <When at={at} all />
      </p>
      {personal.known_to.length === 0 ? null : (
        <p>
          {t('personal-known-to')} {parties(personal.known_to)}
        </p>
      )}
      {personal.awaited.length === 0 ? null : (
        <p>
          {t('personal-awaited')} {parties(personal.awaited)}
        </p>
      )}
    </div>
  )
}

function Retract({ act, status }: { act: ActLine; status: string }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const node = useQuery(nodeQuery)
  const close = () => setOpen(false)
  return (
    <>
      <Button className="button button-small" onPress={() => setOpen(true)}>
        {t('personal-retract')}
      </Button>
      {open ? (
        <Pane title={t('personal-retract')} status={status} onClose={close}>
          <Answer query={node}>
            {page => <RetractForm act={act} able={ableTo(page.officers, KIND)} close={close} />}
          </Answer>
        </Pane>
      ) : null}
    </>
  )
}

interface RetractFormProps {
  act: ActLine
  /** The officers at this node who may sign it. */
  able: readonly OfficerLine[]
  close: () => void
}

function RetractForm({ act, able, close }: RetractFormProps) {
  const { t } = useWords()
  const nameOf = useOfficerNames()
  const [officers, setOfficers] = useState<readonly string[]>([])
  const needed = signersNeeded(able, officers)
  const sending = useMutation({
    mutationFn: () => {
      const body = { matter: act.matter, kind: KIND, body: { act: act.id }, officers: [...officers] }
      return answer(api.POST('/api/v1/acts', { body }))
    },
    onSuccess: () => {
      void queryClient.invalidateQueries()
      close()
    },
  })
  if (able.length < needed) {
    return (
      <Notice kind="warning" title={t('officers-short', { needed, here: able.length })}>
        <p>{t('officers-short-next')}</p>
      </Notice>
    )
  }
  return (
    <Form
      className="step-form"
      onSubmit={event => {
        event.preventDefault()
        if (officers.length >= needed) sending.mutate()
      }}
    >
      <p>{t('personal-retract-note')}</p>
      <p className="note">{t('personal-retract-limits')}</p>
      {sending.isError ? <FaultNotice fault={sending.error} /> : null}
      <CheckboxGroup className="field check-group" value={[...officers]} onChange={setOfficers}>
        <Label className="field-label">{t('field-officers', { needed })}</Label>
        {able.map(({ id }) => (
          <Check key={id} value={id}>
            {nameOf(id)}
          </Check>
        ))}
      </CheckboxGroup>
      <Button
        type="submit"
        className="button button-main"
        isDisabled={officers.length < needed || sending.isPending}
      >
        {t('personal-retract')}
      </Button>
    </Form>
  )
}
