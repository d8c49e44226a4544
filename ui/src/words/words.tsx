import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { firstLanguage, type Lang, LOCALES, storedLanguage, storeLanguage } from './language'

/** A caption in the four languages, as the API sends it. */
export interface Captions {
  ko: string
  ja: string
  'zh-Hans': string
  en: string
}

/** Speaks the reader's language. */
export interface Words {
  lang: Lang
  /** The locale for `Intl`. */
  locale: string
  /** Says the message `id`; shows the id itself when the message is missing. */
  t: (id: string, values?: Record<string, FluentVariable>) => string
  /** Says `group-value`, or the value itself when a newer node sends one we do not know. */
  term: (group: string, value: string) => string
  /** Picks the reader's language of a caption. */
  pick: (captions: Captions) => string
  setLang: (lang: Lang) => void
}

const LOADERS: Record<Lang, () => Promise<{ default: string }>> = {
  ko: () => import('./ko'),
  ja: () => import('./ja'),
  'zh-Hans': () => import('./zh-Hans'),
  en: () => import('./en'),
}

const WordsContext = createContext<Words | null>(null)

/** The words of the reader's language. */
export function useWords(): Words {
  const words = useContext(WordsContext)
  if (words === null) throw new Error('useWords needs a WordsProvider above it')
  return words
}

/** Makes a bundle from Fluent text. Isolation marks are off: they break copied ids and forms. */
export function bundleOf(lang: Lang, text: string): FluentBundle {
  const bundle = new FluentBundle(LOCALES[lang], { useIsolating: false })
  const faults = bundle.addResource(new FluentResource(text))
  for (const fault of faults) console.error(fault)
  return bundle
}

/** Speaks through `bundle`. */
export function speak(
  lang: Lang,
  bundle: FluentBundle,
  setLang: (lang: Lang) => void,
): Words {
  const say = (id: string, values?: Record<string, FluentVariable>): string | undefined => {
    const pattern = bundle.getMessage(id)?.value
    return pattern == null ? undefined : bundle.formatPattern(pattern, values ?? null)
  }
  return {
    lang,
    locale: LOCALES[lang],
    t: (id, values) => {
      const said = say(id, values)
      if (said === undefined) console.error(`no words for ${id} in ${lang}`)
      return said ?? id
    },
    term: (group, value) => say(`${group}-${value.replaceAll('_', '-')}`) ?? value,
    pick: captions => captions[lang],
    setLang,
  }
}

/** Gives the words to everything below it; renders nothing until they are loaded. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<Lang>(() =>
    firstLanguage(storedLanguage(), window.navigator.languages),
  )
  const [loaded, setLoaded] = useState<{ lang: Lang; bundle: FluentBundle } | null>(null)
  useEffect(() => {
    let current = true
    void LOADERS[wanted]().then(({ default: text }) => {
      if (current) setLoaded({ lang: wanted, bundle: bundleOf(wanted, text) })
    })
    return () => {
      current = false
    }
  }, [wanted])
  useEffect(() => {
    if (loaded !== null) document.documentElement.lang = loaded.lang
  }, [loaded])
  const words = useMemo(() => {
    const choose = (lang: Lang) => {
      storeLanguage(lang)
      setWanted(lang)
    }
    return loaded === null ? null : speak(loaded.lang, loaded.bundle, choose)
  }, [loaded])
  if (words === null) return null
  return (
    <I18nProvider locale={words.locale}>
      <WordsContext value={words}>{children}</WordsContext>
    </I18nProvider>
  )
}
