import { short } from '../format'

/** An id or digest: its first digits, in full on hover and for copying. */
export function Tag({ id }: { id: string }) {
  return (
    <code className="tag" title={id}>
      {short(id)}
    </code>
  )
}
