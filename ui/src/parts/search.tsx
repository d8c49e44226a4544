import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import { useWords } from '../words/words'
import { Chevron, type Option } from './choice'

interface SearchProps {
  label: string
  options: readonly Option[]
  value: string | null
  onChange: (id: string | null) => void
  required?: boolean
}

/** One of a long list, found by typing part of its name or its id. */
export function Search({ label, options, value, onChange, required = false }: SearchProps) {
  const { t } = useWords()
  return (
    <ComboBox
      className="field"
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={key => onChange(key === null ? null : String(key))}
      isRequired={required}
      menuTrigger="focus"
    >
      <Label className="field-label">{label}</Label>
      <div className="field-group">
        <Input className="field-input" placeholder={t('search-hint')} />
        <Button className="field-open">
          <Chevron />
        </Button>
      </div>
      <FieldError className="field-error" />
      <Popover className="popover">
        <ListBox
          className="list-box"
          renderEmptyState={() => <p className="list-none">{t('search-none')}</p>}
        >
          {(option: Option) => (
            <ListBoxItem id={option.id} className="list-item" textValue={`${option.title} ${option.id}`}>
              {option.title} <code>{option.id}</code>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
