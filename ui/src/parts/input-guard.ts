/** The code browsers give a key that an input method handles. */
const HANDLED_BY_INPUT_METHOD = 229

/** Whether a key belongs to the input method and not to the page. */
export function belongsToInputMethod(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === HANDLED_BY_INPUT_METHOD
}

/**
 * Keeps the Enter that ends a composition (한글, かな, 拼音) from choosing an option or sending a
 * form. Some browsers report it after the composition, so both signs are looked at.
 */
export function guardInput(target: Window): () => void {
  const guard = (event: KeyboardEvent) => {
    if (belongsToInputMethod(event)) event.stopImmediatePropagation()
  }
  target.addEventListener('keydown', guard, { capture: true })
  return () => target.removeEventListener('keydown', guard, { capture: true })
}
