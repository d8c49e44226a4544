import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { LANGS, OWN_NAMES } from '../words/language'
import { useWords } from '../words/words'

/** The four languages, each named in itself. */
export function Languages() {
  const { t, lang, setLang } = useWords()
  return (
    <ToggleButtonGroup
      className="languages"
      aria-label={t('language')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[lang]}
      onSelectionChange={keys => {
        const chosen = LANGS.find(each => keys.has(each))
        if (chosen !== undefined) setLang(chosen)
      }}
    >
      {LANGS.map(each => (
        <ToggleButton key={each} id={each} className="language">
          <span lang={each}>{OWN_NAMES[each]}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
