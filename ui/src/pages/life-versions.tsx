import type { PartyName, SignatureLine, VersionLine } from '../api/client'
import { number } from '../format'
import { Fingerprint } from '../parts/fingerprint'
import { Mark } from '../parts/mark'
import { Empty } from '../parts/notice'
import { Party } from '../parts/party'
import { type Column, Table } from '../parts/table'
import { Day, When } from '../parts/when'
import { useWords } from '../words/words'

interface VersionsProps {
  versions: readonly VersionLine[]
  /** The parties whose signatures it takes, where the text is known here. */
  parties: readonly PartyName[] | undefined
}

/** The drafts of an agreement, and who initialled, signed and ratified each. */
export function Versions({ versions, parties }: VersionsProps) {
  const { t, locale } = useWords()
  const signatures = (id: string, of: (line: VersionLine) => readonly SignatureLine[]): Column<VersionLine> => ({
    id,
    title: t(`version-${id}`),
    cell: line => <Signatures signatures={of(line)} parties={parties} />,
  })
  const columns: Column<VersionLine>[] = [
    {
      id: 'version',
      title: t('version-number'),
      cell: line => (
        <>
          <span className="version-number">{number(line.version, locale)}</span>
          {line.in_force ? <Mark meaning="done">{t('version-in-force')}</Mark> : null}
        </>
      ),
      heads: true,
    },
    {
      id: 'by',
      title: t('version-by'),
      cell: line => (
        <>
          <Party party={line.by} /> <When at={line.time} />
        </>
      ),
    },
    {
      id: 'digest',
      title: t('digest'),
      cell: line => (
        <>
          <Fingerprint digest={line.digest} />
          <span className="order-where">{t('version-bytes', { count: line.bytes })}</span>
        </>
      ),
    },
    signatures('initialled', line => line.initialled),
    signatures('signed', line => line.signed),
    signatures('ratified', line => line.ratified),
    {
      id: 'enters',
      title: t('version-enters'),
      cell: line => (line.enters == null ? t('not-yet') : <Day date={line.enters} />),
    },
  ]
  return (
    <section className="panel" aria-labelledby="versions">
      <h2 id="versions">
        {t('versions')} <span className="count">{number(versions.length, locale)}</span>
      </h2>
      {versions.length === 0 ? (
        <Empty title={t('versions-empty')} next={t('versions-empty-next')} />
      ) : (
        <Table
          caption={t('versions')}
          quiet
          columns={columns}
          // The newest first: it is the one somebody is about to sign.
          rows={[...versions].reverse()}
          rowKey={line => line.act}
        />
      )}
    </section>
  )
}

interface SignaturesProps {
  signatures: readonly SignatureLine[]
  parties: readonly PartyName[] | undefined
}

function Signatures({ signatures, parties }: SignaturesProps) {
  const { t, locale } = useWords()
  if (signatures.length === 0) return <>{t('nobody')}</>
  return (
    <ul className="plain-list">
      {parties === undefined ? null : (
        <li className="order-where">
          {t('share', { part: number(signatures.length, locale), whole: number(parties.length, locale) })}
        </li>
      )}
      {signatures.map(line => (
        <li key={line.act}>
          <Party party={line.party} />
          <span className="order-where">
            {t('signed-by', { officers: line.officers.join(t('list-separator')) })}{' '}
            <When at={line.time} />
          </span>
        </li>
      ))}
    </ul>
  )
}
