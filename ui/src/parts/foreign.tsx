import { languageName } from '../format'
import { useWords } from '../words/words'

/** Somebody's own words, never translated or overwritten, with the language they are in. */
export function Foreign({ text, lang }: { text: string; lang: string }) {
  const { t, locale } = useWords()
  return (
    <figure className="foreign">
      <blockquote className="headline" lang={lang || undefined}>
        {text}
      </blockquote>
      <figcaption className="note">
        {lang === '' ? t('own-words') : t('own-words-in', { language: languageName(lang, locale) })}
      </figcaption>
    </figure>
  )
}
