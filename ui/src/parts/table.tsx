import { type Key, type ReactNode, useEffect, useRef, useState } from 'react'

export interface Column<Row> {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  /** Numbers are set flush right, in figures of one width. */
  numeric?: boolean
  /** A word or two that stay on one line. */
  short?: boolean
  /** A long text that gives way to the other columns. */
  small?: boolean
  /** Names the row for screen readers; exactly one column should. */
  heads?: boolean
}

interface TableProps<Row> {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Names a row apart from all others; its position helps where rows may repeat. */
  rowKey: (row: Row, position: number) => Key
  /** Hides the caption where a heading already says it. */
  quiet?: boolean
  /** The row to point at, from a link. */
  pointed?: (row: Row) => boolean
}

/** A table that turns into cards where the screen is narrow. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, quiet = false, pointed } = props
  return (
    <Frame caption={caption}>
      <table className="table">
        <caption className={quiet ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.id} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => (
            <tr key={rowKey(row, position)} className={pointed?.(row) ? 'pointed' : undefined}>
              {columns.map(column => (
                <Cell key={column.id} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  )
}

/** The frame of a table; where the table is wider, the keyboard can reach the frame to move it. */
function Frame({ caption, children }: { caption: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  const [wider, setWider] = useState(false)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const watch = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth))
    watch.observe(element)
    if (element.firstElementChild !== null) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [])
  const reachable = wider ? { tabIndex: 0, role: 'group', 'aria-label': caption } : {}
  return (
    <div className="table-frame" ref={frame} {...reachable}>
      {children}
    </div>
  )
}

function classOf<Row>({ numeric, short, small }: Column<Row>): string | undefined {
  if (numeric) return 'numeric'
  if (short) return 'short'
  return small ? 'small' : undefined
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const className = classOf(column)
  if (column.heads) {
    return (
      <th scope="row" className={className} data-title={column.title}>
        {column.cell(row)}
      </th>
    )
  }
  return (
    <td className={className} data-title={column.title}>
      <span className="cell">{column.cell(row)}</span>
    </td>
  )
}
