const STORE = 'pumasi-case'

/** The case this tab looked at last, if it is still shared. */
export function rememberedCase(cases: readonly { id: string }[]): string | undefined {
  try {
    const id = window.sessionStorage.getItem(STORE)
    return cases.find(line => line.id === id)?.id
  } catch {
    return undefined
  }
}

/** Keeps the case this tab looks at. */
export function rememberCase(id: string): void {
  try {
    window.sessionStorage.setItem(STORE, id)
  } catch {
    // A browser that keeps nothing shows the newest case.
  }
}
