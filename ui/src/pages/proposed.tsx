import { useQuery } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import type { ChoicesPage } from '../api/client'
import { choicesQuery } from '../api/queries'
import { Choice } from '../parts/choice'
import { Search } from '../parts/search'
import { useWords } from '../words/words'
import { type Outline, outlineOf } from './outline'
import type { Filled } from './step-form'

interface ProposedProps {
  /** The text, where this node has it; else it is what was filled in. */
  known: Outline | undefined
  filled: Filled
  change: (part: Partial<Filled>) => void
}

const STATUSES = ['actual', 'exercise', 'test'] as const

/** What a text says it is, whom it binds, and who will read the matter: seen before it is sent. */
export function Proposed({ known, filled, change }: ProposedProps) {
  const { t, term } = useWords()
  const choices = useQuery(choicesQuery).data
  const outline = known ?? outlineOf(filled.text)
  return (
    <>
      {known === undefined && filled.text.trim() === '' ? null : <Skimmed outline={outline} choices={choices} />}
      <Choice
        label={t('field-status')}
        options={STATUSES.map(id => ({ id, title: term('status', id) }))}
        value={filled.status}
        onChange={status => change({ status })}
      />
      <Audience filled={filled} change={change} outline={outline} choices={choices} />
    </>
  )
}

interface SkimmedProps {
  outline: Outline
  choices: ChoicesPage | undefined
}

function Skimmed({ outline, choices }: SkimmedProps) {
  const { t, term, pick, lang } = useWords()
  const nameOf = (id: string) => {
    const party = choices?.parties.find(line => line.id === id)
    return party === undefined ? t('party-unknown', { id }) : `${pick(party.names)} (${id})`
  }
  return (
    <section aria-label={t('skimmed')} className="skimmed">
      <p className="note">{t('skimmed')}</p>
      <p className="skimmed-title">
        {outline.title[lang] ?? outline.title.en ?? t('not-found-in-text')} <code>{outline.id}</code>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('nature')}</dt>
          <dd>{outline.nature === null ? t('not-found-in-text') : term('nature', outline.nature)}</dd>
        </div>
        <div>
          <dt>{t('parties')}</dt>
          <dd>
            {outline.parties.length === 0 ? (
              t('not-found-in-text')
            ) : (
              <ul className="inline-list">
                {outline.parties.map(id => (
                  <li key={id}>{nameOf(id)}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
    </section>
  )
}

interface AudienceProps extends Omit<ProposedProps, 'known'>, SkimmedProps {}

/** Parties that share the matter beside those of the text. */
function Audience({ filled, change, outline, choices }: AudienceProps) {
  const { t, pick } = useWords()
  const parties = choices?.parties ?? []
  const taken = new Set([...outline.parties, ...filled.audience])
  const open = parties.filter(({ id }) => !taken.has(id))
  const nameOf = (id: string) => {
    const party = parties.find(line => line.id === id)
    return party === undefined ? id : pick(party.names)
  }
  return (
    <div className="field">
      <p className="note">{t('audience-note')}</p>
      <Search
        // Chosen is chosen: the field begins anew for the next one.
        key={filled.audience.join('/')}
        label={t('field-audience')}
        options={open.map(({ id, names }) => ({ id, title: pick(names) }))}
        value={null}
        onChange={id => {
          if (id !== null) change({ audience: [...filled.audience, id] })
        }}
      />
      {filled.audience.length === 0 ? null : (
        <ul className="inline-list">
          {filled.audience.map(id => (
            <li key={id}>
              {nameOf(id)}{' '}
              <Button
                className="button button-small"
                aria-label={t('audience-remove', { party: nameOf(id) })}
                onPress={() => change({ audience: filled.audience.filter(each => each !== id) })}
              >
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
