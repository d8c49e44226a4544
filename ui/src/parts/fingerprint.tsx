import { inFours } from '../format'
import { useWords } from '../words/words'
import { Copy } from './copy'
import { Tag } from './tag'

/** A digest, large and in groups of four, to be read out by telephone. */
export function Spelled({ digest }: { digest: string }) {
  return (
    <code className="spelled">
      {inFours(digest).map((group, position) => (
        <span key={`${position}/${group}`}>{group} </span>
      ))}
    </code>
  )
}

/** A digest by its first digits; in full, and to be copied, on demand. */
export function Fingerprint({ digest }: { digest: string }) {
  const { t } = useWords()
  return (
    <details className="fingerprint">
      <summary>
        <Tag id={digest} /> <span className="unseen">{t('digest-in-full')}</span>
      </summary>
      <Spelled digest={digest} />
      <Copy text={digest} />
    </details>
  )
}
