import { parseDate } from '@internationalized/date'
import { useId } from 'react'
import { DateField, DateInput, DateSegment, Input, Label, NumberField } from 'react-aria-components'
import type { ChoicesPage } from '../api/client'
import { Choice } from '../parts/choice'
import { intensityWords } from '../parts/severity'
import { Search } from '../parts/search'
import { useWords } from '../words/words'
import { consentsOf, type Draft, unitOf } from './ask-draft'

const ACTIONS = ['request', 'offer', 'order', 'push'] as const
const STATUSES = ['actual', 'exercise'] as const
const MODES = ['sea', 'air', 'road', 'rail', 'grid'] as const
const INTENSITIES = ['3', '4', '5-', '5+', '6-', '6+', '7'] as const
const ALERTS = ['green', 'yellow', 'orange', 'red'] as const

/** The choice that says nothing. */
const NOTHING = 'none'

interface FieldsProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
  choices: ChoicesPage
}

/** Everything a question can say: what every one must, then the way, the event and consents. */
export function Fields(props: FieldsProps) {
  const { draft } = props
  const { t } = useWords()
  const saysMore = draft.onward !== null || draft.transit.length > 0 || draft.mode !== null
  const consents = consentsOf(draft)
  return (
    <>
      <Basics {...props} />
      {draft.action === 'push' ? <EventFields {...props} /> : null}
      <details className="ask-more" open={saysMore || undefined}>
        <summary>{t('ask-way')}</summary>
        <div className="ask">
          <WayFields {...props} />
        </div>
      </details>
      {consents.length === 0 ? null : <Consents {...props} />}
    </>
  )
}

/** Choices out of the lines of the node. */
function useOptions(choices: ChoicesPage) {
  const { pick } = useWords()
  const named = (lines: ChoicesPage['parties'] | ChoicesPage['commodities']) =>
    lines.map(({ id, names }) => ({ id, title: pick(names) }))
  return {
    parties: named(choices.parties),
    commodities: named(choices.commodities),
    categories: named(choices.categories),
    purposes: named(choices.purposes),
  }
}

function Basics({ draft, change, choices }: FieldsProps) {
  const { t, term } = useWords()
  const options = useOptions(choices)
  const words = (group: string, ids: readonly string[]) =>
    ids.map(id => ({ id, title: term(group, id) }))
  return (
    <>
      <Search
        label={t('ask-giver')}
        options={options.parties}
        value={draft.giver}
        onChange={giver => change({ giver })}
        required
      />
      <Search
        label={t('ask-receiver')}
        options={options.parties}
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
        options={options.commodities}
        value={draft.commodity}
        onChange={commodity => change(commodity === null ? { commodity } : { commodity, category: null })}
      />
      {draft.commodity === null ? (
        <Choice
          label={t('ask-category')}
          options={[{ id: NOTHING, title: t('ask-category-none') }, ...options.categories]}
          value={draft.category ?? NOTHING}
          onChange={id => change({ category: id === NOTHING ? null : id })}
        />
      ) : null}
      <Quantity draft={draft} change={change} choices={choices} />
      <Choice
        label={t('ask-purpose')}
        options={options.purposes}
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
  const unit = unitOf(draft, choices)
  const label =
    unit === null
      ? t('ask-quantity')
      : t('ask-quantity-in', { unit: term('unit-name', unit.toLowerCase()) })
  return (
    <Figure label={label} value={draft.quantity} change={quantity => change({ quantity })} digits={3} />
  )
}

interface FigureProps {
  label: string
  value: number | null
  change: (value: number | null) => void
  digits: number
}

/** A figure that is not below zero, or none. */
function Figure({ label, value, change, digits }: FigureProps) {
  return (
    <NumberField
      className="field"
      value={value ?? Number.NaN}
      onChange={figure => change(Number.isNaN(figure) ? null : figure)}
      minValue={0}
      formatOptions={{ maximumFractionDigits: digits }}
    >
      <Label className="field-label">{label}</Label>
      <Input className="field-input" />
    </NumberField>
  )
}

/** What is known of the event: a standing consent is set off by it. */
function EventFields({ draft, change }: FieldsProps) {
  const words = useWords()
  const { t, term } = words
  const unknown = { id: NOTHING, title: t('ask-unknown') }
  const id = useId()
  return (
    <div className="ask-group" role="group" aria-labelledby={id}>
      <p id={id} className="ask-group-title">
        {t('ask-event')}
      </p>
      <div className="ask">
        <Figure label={t('ask-hours')} value={draft.hours} change={hours => change({ hours })} digits={0} />
        <Choice
          label={t('ask-intensity')}
          options={[unknown, ...INTENSITIES.map(id => ({ id, title: intensityWords(id, words) }))]}
          value={draft.intensity ?? NOTHING}
          onChange={id => change({ intensity: id === NOTHING ? null : id })}
        />
        <Choice
          label={t('ask-alert')}
          options={[unknown, ...ALERTS.map(id => ({ id, title: term('alert-level', id) }))]}
          value={draft.alert ?? NOTHING}
          onChange={id => change({ alert: id === NOTHING ? null : id })}
        />
        <Tick
          label={t('ask-unreachable')}
          ticked={draft.unreachable}
          change={unreachable => change({ unreachable })}
        />
        <Tick
          label={t('ask-requested')}
          ticked={draft.requested}
          change={requested => change({ requested })}
        />
      </div>
    </div>
  )
}

/** Through whom and by what it travels, and to whom it goes on. */
function WayFields({ draft, change, choices }: FieldsProps) {
  const { t, term } = useWords()
  const { parties } = useOptions(choices)
  const through = (place: number, party: string | null) => {
    const rest = draft.transit.filter((_, other) => other !== place)
    change({ transit: party === null || rest.includes(party) ? rest : rest.toSpliced(place, 0, party) })
  }
  return (
    <>
      <Choice
        label={t('ask-mode')}
        options={[{ id: NOTHING, title: t('ask-unknown') }, ...MODES.map(id => ({ id, title: term('mode', id) }))]}
        value={draft.mode ?? NOTHING}
        onChange={id => change({ mode: id === NOTHING ? null : id })}
      />
      {[...draft.transit, null].map((party, place) => (
        <Search
          key={party ?? `next-${place}`}
          label={place === 0 ? t('ask-transit') : t('ask-transit-next', { place: place + 1 })}
          options={parties}
          value={party}
          onChange={chosen => through(place, chosen)}
        />
      ))}
      <Search
        label={t('ask-onward')}
        options={parties}
        value={draft.onward}
        onChange={onward => change({ onward })}
      />
    </>
  )
}

/** The consents that the question turns on; a tick says that one is held. */
function Consents({ draft, change, choices }: FieldsProps) {
  const { t, term, pick } = useWords()
  const nameOf = (id: string) => {
    const party = choices.parties.find(party => party.id === id)
    return party === undefined ? id : pick(party.names)
  }
  const id = useId()
  const toggle = (key: string, held: boolean) => {
    const rest = draft.consents.filter(other => other !== key)
    change({ consents: held ? [...rest, key] : rest })
  }
  return (
    <div className="ask-group" role="group" aria-labelledby={id}>
      <p id={id} className="ask-group-title">
        {t('ask-consents')}
      </p>
      {consentsOf(draft).map(({ key, by, to }) => (
        <Tick
          key={key}
          label={`${nameOf(by)}: ${term('consent', to)}`}
          ticked={draft.consents.includes(key)}
          change={held => toggle(key, held)}
        />
      ))}
    </div>
  )
}

interface TickProps {
  label: string
  ticked: boolean
  change: (ticked: boolean) => void
}

function Tick({ label, ticked, change }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={ticked} onChange={event => change(event.target.checked)} />
      <span>{label}</span>
    </label>
  )
}
