import { parseDate } from '@internationalized/date'
import { DateField, DateInput, DateSegment, FieldError, Label, Text } from 'react-aria-components'

interface DayFieldProps {
  label: string
  /** A civil date, `2026-03-31`; null while none is given. */
  value: string | null
  onChange: (date: string | null) => void
  /** The earliest date that may be given. */
  min?: string | null | undefined
  note?: string
  required?: boolean
}

/** A civil date, typed part by part in the reader's order. */
export function DayField(props: DayFieldProps) {
  const { label, value, onChange, min, note, required = false } = props
  return (
    <DateField
      className="field"
      value={value === null ? null : parseDate(value)}
      onChange={date => onChange(date === null ? null : date.toString())}
      isRequired={required}
      {...(min == null ? {} : { minValue: parseDate(min) })}
    >
      <Label className="field-label">{label}</Label>
      <DateInput className="field-input field-date">
        {segment => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      {note === undefined ? null : (
        <Text slot="description" className="note">
          {note}
        </Text>
      )}
      <FieldError className="field-error" />
    </DateField>
  )
}
