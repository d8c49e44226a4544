/** A language Pumasi speaks, as its BCP 47 tag; also the folder name under `locales/`. */
export type Lang = 'ko' | 'ja' | 'zh-Hans' | 'en'

/** Every language, in the order pages list them. */
export const LANGS: readonly Lang[] = ['ko', 'ja', 'zh-Hans', 'en']

/** The name of each language in itself: the one text that is never translated. */
export const OWN_NAMES: Readonly<Record<Lang, string>> = {
  ko: '한국어',
  ja: '日本語',
  'zh-Hans': '简体中文',
  en: 'English',
}

/** The locale that numbers, dates and widgets take from each language. */
export const LOCALES: Readonly<Record<Lang, string>> = {
  ko: 'ko-KR',
  ja: 'ja-JP',
  'zh-Hans': 'zh-CN',
  en: 'en-US',
}

const STORE = 'pumasi-language'

/** The language the reader chose, else the first the browser asks for, else English. */
export function firstLanguage(chosen: string | null, asked: readonly string[]): Lang {
  const known = LANGS.find(lang => lang === chosen)
  if (known !== undefined) return known
  for (const tag of asked) {
    const match = LANGS.find(lang => lang.slice(0, 2) === tag.slice(0, 2).toLowerCase())
    if (match !== undefined) return match
  }
  return 'en'
}

/** Reads the language kept in this browser; none when it keeps nothing. */
export function storedLanguage(): string | null {
  try {
    return window.localStorage.getItem(STORE)
  } catch {
    return null
  }
}

/** Keeps the language in this browser, where it is allowed to keep anything. */
export function storeLanguage(lang: Lang): void {
  try {
    window.localStorage.setItem(STORE, lang)
  } catch {
    // A browser that keeps nothing asks again at the next visit.
  }
}
