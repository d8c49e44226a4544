import { useQuery } from '@tanstack/react-query'
import type { FindingLine } from '../api/client'
import { doctorQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Mark } from '../parts/mark'
import { Tag } from '../parts/tag'
import { useWords } from '../words/words'
import { keyOf, meaningOf, parted } from './findings'

/** What of this node needs attention, why, and what to do; below it what is well. */
export function Doctor() {
  const { t } = useWords()
  const doctor = useQuery(doctorQuery)
  return (
    <section className="panel" aria-labelledby="doctor">
      <h2 id="doctor">{t('doctor')}</h2>
      <Answer query={doctor}>{page => <Findings findings={page.findings} />}</Answer>
    </section>
  )
}

function Findings({ findings }: { findings: readonly FindingLine[] }) {
  const { t } = useWords()
  const [grave, well] = parted(findings)
  return (
    <>
      {grave.length === 0 ? <p>{t('doctor-well')}</p> : null}
      <ul className="findings">
        {grave.map(finding => (
          <Finding key={keyOf(finding)} finding={finding} />
        ))}
      </ul>
      {well.length === 0 ? null : (
        <details>
          <summary>{t('doctor-ok-count', { count: well.length })}</summary>
          <ul className="findings">
            {well.map(finding => (
              <Finding key={keyOf(finding)} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Finding({ finding }: { finding: FindingLine }) {
  const { t, term, pick } = useWords()
  const { severity, what, why, help, matter } = finding
  return (
    <li className={`finding finding-${severity}`}>
      <p className="finding-what">
        <Mark meaning={meaningOf(severity)}>{term('severity', severity)}</Mark>
        <span className="finding-area">{term('area', finding.area)}</span>
        <span>{pick(what)}</span>
        {matter ? <Tag id={matter} /> : null}
      </p>
      {why || help ? (
        <dl className="finding-more">
          {why ? (
            <div>
              <dt>{t('finding-why')}</dt>
              <dd>{pick(why)}</dd>
            </div>
          ) : null}
          {help ? (
            <div>
              <dt>{t('finding-help')}</dt>
              <dd>{pick(help)}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
    </li>
  )
}
