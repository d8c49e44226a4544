import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answer, api, type AskForm, type ChoicesPage } from '../api/client'
import { choicesQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { FaultNotice } from '../parts/fault'
import type { AskStart } from '../route'
import { useWords } from '../words/words'
import { Decision } from './ask-answer'
import { type Draft, draftOf, EMPTY, formOf } from './ask-draft'
import { Fields } from './ask-fields'

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
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, agreement: agreement ?? null, ...start })
  // Fields remember what was typed; a question that came as a whole makes them anew.
  const [filled, setFilled] = useState(0)
  const asking = useMutation({
    mutationFn: (form: AskForm) => answer(api.POST('/api/v1/agreements/ask', { body: form })),
  })
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    // An old answer beside a changed question would be read as its answer.
    asking.reset()
  }
  const form = formOf(draft, choices)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (form !== null) asking.mutate(form)
  }
  const askInstead = (other: AskForm) => {
    setDraft(draftOf(other))
    setFilled(filled + 1)
    asking.mutate(other)
  }
  return (
    <>
      <Form className="ask" onSubmit={send}>
        <Fields key={filled} draft={draft} change={change} choices={choices} />
        <div className="ask-send">
          <Button type="submit" className="button button-main" isDisabled={form === null || asking.isPending}>
            {t('ask-send')}
          </Button>
          {form === null ? <p className="note">{t('ask-incomplete')}</p> : null}
          {draft.agreement === (agreement ?? null) ? null : (
            <p className="note">
              {t('ask-under')} <code>{draft.agreement}</code>
            </p>
          )}
        </div>
      </Form>
      <div aria-live="polite">
        {asking.isError ? <FaultNotice fault={asking.error} /> : null}
        {asking.data === undefined ? null : (
          <Decision key={filled} decision={asking.data} askInstead={askInstead} focus={filled > 0} />
        )}
      </div>
    </>
  )
}
