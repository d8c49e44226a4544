import { useId, useRef, useState } from 'react'
import { Button, FileTrigger, Label, TextArea, TextField } from 'react-aria-components'
import { useWords } from '../words/words'
import { Notice } from './notice'

/** A place in a text, counted from 1 as editors do. */
export interface Position {
  line: number
  column: number
}

interface TextEntryProps {
  label: string
  /** The text, byte for byte. */
  value: string
  onChange: (text: string) => void
  /** Places worth going to, such as faults. */
  positions: readonly Position[]
}

/**
 * A text from a file or typed in.
 *
 * A text field writes every line end as one character. What comes from a file is therefore kept
 * beside it as it is, since it is to be signed byte for byte, until somebody types.
 */
export function TextEntry({ label, value, onChange, positions }: TextEntryProps) {
  const { t } = useWords()
  const note = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [unread, setUnread] = useState(false)
  const shown = value.replace(/\r\n?/g, '\n')
  const take = async (files: FileList | null) => {
    const file = files?.[0]
    if (file === undefined) return
    const text = textOf(await file.arrayBuffer())
    setUnread(text === null)
    if (text !== null) onChange(text)
  }
  return (
    <div className="text-entry">
      <FileTrigger acceptedFileTypes={['.toml', 'text/plain']} onSelect={files => void take(files)}>
        <Button className="button">{t('file-choose')}</Button>
      </FileTrigger>
      {unread ? <Notice kind="failure" title={t('file-unread')} urgent /> : null}
      <TextField className="field" value={shown} onChange={onChange}>
        <Label className="field-label">{label}</Label>
        <TextArea
          ref={area}
          className="field-input field-text"
          aria-describedby={note}
          rows={14}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
        />
      </TextField>
      <p className="note" id={note}>
        {t('file-exactly')}
      </p>
      {positions.length === 0 ? null : (
        <ul className="inline-list">
          {positions.map(position => (
            <li key={`${position.line}/${position.column}`}>
              <Button
                className="button button-small"
                onPress={() => {
                  if (area.current !== null) goTo(area.current, shown, position)
                }}
              >
                {t('go-to-line', { line: position.line, column: position.column })}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Reads bytes as UTF-8, leaving nothing out and making nothing up; null where they are not. */
export function textOf(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Where a place lies in a text, and where its line ends, in the units of a text field. */
export function spanAt(text: string, { line, column }: Position): { start: number; end: number } {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const here = lines[line - 1] ?? ''
  // Columns count characters; a text field counts some of them twice.
  const within = [...here].slice(0, column - 1).join('').length
  return { start: Math.min(before + within, text.length), end: Math.min(before + here.length, text.length) }
}

function goTo(area: HTMLTextAreaElement, text: string, position: Position): void {
  const { start, end } = spanAt(text, position)
  area.focus()
  area.setSelectionRange(start, end)
  const height = Number.parseFloat(window.getComputedStyle(area).lineHeight)
  if (Number.isFinite(height)) area.scrollTop = Math.max(0, (position.line - 4) * height)
}
