import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useWords } from '../words/words'

/**
 * Copies a text.
 *
 * A browser lends its clipboard to secure contexts only; elsewhere there is no button and the
 * reader selects the text by hand.
 */
export function Copy({ text }: { text: string }) {
  const { t } = useWords()
  const [copied, setCopied] = useState(false)
  const clipboard: Clipboard | undefined = window.navigator.clipboard
  if (clipboard === undefined) return null
  const copy = () => {
    clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Button className="button button-small" onPress={copy}>
      <span aria-live="polite">{t(copied ? 'copied' : 'copy')}</span>
    </Button>
  )
}
