import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components'

export interface Option {
  id: string
  title: string
}

interface ChoiceProps {
  label: string
  options: readonly Option[]
  value: string | null
  onChange: (id: string) => void
  placeholder?: string
  required?: boolean
  className?: string
}

/** One of a short list. */
export function Choice(props: ChoiceProps) {
  const { label, options, value, onChange, placeholder, required = false, className = '' } = props
  return (
    <Select
      className={`field ${className}`}
      selectedKey={value}
      onSelectionChange={key => {
        if (key !== null) onChange(String(key))
      }}
      isRequired={required}
      {...(placeholder === undefined ? {} : { placeholder })}
    >
      <Label className="field-label">{label}</Label>
      <Button className="field-button">
        <SelectValue className="field-value" />
        <Chevron />
      </Button>
      <FieldError className="field-error" />
      <Popover className="popover">
        <ListBox className="list-box">
          {options.map(option => (
            <ListBoxItem key={option.id} id={option.id} className="list-item" textValue={option.title}>
              {option.title}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  )
}

/** The sign of a field that opens a list. */
export function Chevron() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" className="chevron">
      <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  )
}
