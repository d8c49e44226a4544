import { CheckboxGroup, Label, Radio, RadioGroup, Text, TextArea, TextField } from 'react-aria-components'
import type { ClauseDetail } from '../api/client'
import { Check } from '../parts/check'
import { DayField } from '../parts/day-field'
import { Spelled } from '../parts/fingerprint'
import { Copy } from '../parts/copy'
import { Notice } from '../parts/notice'
import { type Position, TextEntry } from '../parts/text-entry'
import { useWords } from '../words/words'
import { useOfficerNames } from './officers'
import { Proposed } from './proposed'
import { asks, type Filled, type Offered } from './step-form'

interface StepFieldsProps {
  offered: Offered
  filled: Filled
  change: (part: Partial<Filled>) => void
  officers: readonly string[]
  clauses: readonly ClauseDetail[]
  /** Places in the text that the node complained about. */
  positions: readonly Position[]
}

/** The fields that a step asks for; officers last, since they answer for all above. */
export function StepFields(props: StepFieldsProps) {
  const { t } = useWords()
  const { offered, filled, change, officers, clauses, positions } = props
  const { step } = offered
  return (
    <>
      {asks(offered, 'text') ? (
        <TextEntry
          label={t('agreement-file')}
          value={filled.text}
          onChange={text => change({ text })}
          positions={positions}
        />
      ) : null}
      {asks(offered, 'audience') ? <Proposed known={offered.known} filled={filled} change={change} /> : null}
      {asks(offered, 'compared') ? <Comparison offered={offered} filled={filled} change={change} /> : null}
      {asks(offered, 'clauses') ? <Scope filled={filled} change={change} clauses={clauses} /> : null}
      {asks(offered, 'span') ? (
        <div className="field-row">
          <DayField label={t('field-from')} value={filled.from} onChange={from => change({ from })} />
          <DayField label={t('field-until')} value={filled.until} onChange={until => change({ until })} />
        </div>
      ) : null}
      {asks(offered, 'ends') ? (
        <DayField
          label={t(step === 'give_notice' ? 'field-ends-notice' : 'field-ends')}
          value={filled.ends}
          onChange={ends => change({ ends })}
          min={offered.ends}
          required={step === 'agree_termination'}
        />
      ) : null}
      {asks(offered, 'cause') ? (
        <TextField className="field" value={filled.cause} onChange={cause => change({ cause })} isRequired>
          <Label className="field-label">{t('field-cause')}</Label>
          <TextArea className="field-input field-cause" rows={3} />
          <Text slot="description" className="note">
            {t('field-cause-note')}
          </Text>
        </TextField>
      ) : null}
      <Officers offered={offered} filled={filled} change={change} officers={officers} />
    </>
  )
}

type PartProps = Pick<StepFieldsProps, 'offered' | 'filled' | 'change'>

/** The number and the digest of what is signed, large, and the word that they were compared. */
function Comparison({ offered, filled, change }: PartProps) {
  const { t } = useWords()
  const { version, digest } = offered
  return (
    <div className="comparison">
      {version == null ? null : <p className="comparison-version">{t('draft-number', { version })}</p>}
      <p className="field-label">{t('digest')}</p>
      {digest === undefined ? null : (
        <>
          <Spelled digest={digest} />
          <Copy text={digest} />
        </>
      )}
      <p className="note">{t('compare-by-telephone')}</p>
      <Check checked={filled.compared} onChange={compared => change({ compared })}>
        {t('compared')}
      </Check>
    </div>
  )
}

type ScopeProps = Pick<StepFieldsProps, 'filled' | 'change' | 'clauses'>

function Scope({ filled, change, clauses }: ScopeProps) {
  const { t, pick } = useWords()
  const value = filled.whole === null ? null : filled.whole ? 'whole' : 'clauses'
  return (
    <>
      <RadioGroup
        className="field"
        value={value}
        onChange={scope => change({ whole: scope === 'whole' })}
        isRequired
      >
        <Label className="field-label">{t('field-scope')}</Label>
        <Radio className="radio" value="clauses" isDisabled={clauses.length === 0}>
          <span className="radio-mark" aria-hidden="true" />
          {t('scope-clauses')}
        </Radio>
        <Radio className="radio" value="whole">
          <span className="radio-mark" aria-hidden="true" />
          {t('scope-whole')}
        </Radio>
      </RadioGroup>
      {filled.whole === false ? (
        <CheckboxGroup
          className="field check-group"
          value={[...filled.clauses]}
          onChange={chosen => change({ clauses: chosen })}
        >
          <Label className="field-label">{t('field-clauses')}</Label>
          {clauses.map(clause => (
            <Check key={clause.id} value={clause.id}>
              <strong>{pick(clause.article)}</strong> {pick(clause.caption)}
            </Check>
          ))}
        </CheckboxGroup>
      ) : null}
    </>
  )
}

/** Who signs. Where a mandate wants several, says how many and who is still lacking. */
function Officers({ offered, filled, change, officers }: PartProps & { officers: readonly string[] }) {
  const { t } = useWords()
  const nameOf = useOfficerNames()
  const needed = Math.max(1, offered.officersNeeded)
  if (officers.length < needed) {
    return (
      <Notice kind="warning" title={t('officers-short', { needed, here: officers.length })}>
        <p>{t('officers-short-next')}</p>
      </Notice>
    )
  }
  const lacking = needed - filled.officers.length
  const others = officers.filter(id => !filled.officers.includes(id)).map(nameOf)
  return (
    <CheckboxGroup
      className="field check-group"
      value={[...filled.officers]}
      onChange={chosen => change({ officers: chosen })}
    >
      <Label className="field-label">{t('field-officers', { needed })}</Label>
      {officers.map(id => (
        <Check key={id} value={id}>
          {nameOf(id)} <code>{id}</code>
        </Check>
      ))}
      {filled.officers.length > 0 && lacking > 0 ? (
        <Text slot="description" className="note">
          {t('officers-lacking', { count: lacking, others: others.join(t('list-separator')) })}
        </Text>
      ) : null}
    </CheckboxGroup>
  )
}
