import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components'

interface CheckProps {
  children: ReactNode
  /** Its value within a group of checks. */
  value?: string
  /** Whether it is set, where it stands alone. */
  checked?: boolean
  onChange?: (checked: boolean) => void
}

/** A box to tick, alone or in a `CheckboxGroup`. */
export function Check({ children, value, checked, onChange }: CheckProps) {
  return (
    <Checkbox
      className="check"
      {...(value === undefined ? {} : { value })}
      {...(checked === undefined ? {} : { isSelected: checked })}
      {...(onChange === undefined ? {} : { onChange })}
    >
      <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true" className="check-box">
        <path d="M3.5 8.5 6.5 11.5 12.5 4.5" fill="none" stroke="currentColor" strokeWidth="2.4" />
      </svg>
      <span className="check-words">{children}</span>
    </Checkbox>
  )
}
