import { describe, expect, test } from 'vitest'
import type { FindingLine } from '../api/client'
import { alarmsOf, keyOf, meaningOf, parted } from './findings'

const words = (text: string) => ({ ko: text, ja: text, 'zh-Hans': text, en: text })

function finding(code: string, severity: FindingLine['severity'], more: Partial<FindingLine> = {}): FindingLine {
  return { code, area: 'acts', severity, alarm: false, what: words(code), ...more }
}

const fork = finding('log_forked', 'act', { alarm: true })
const silent = finding('neighbour_silent', 'watch')
const disk = finding('disk_ok', 'ok')

describe('findings', () => {
  test('of each severity have a shape of their own', () => {
    const shapes = (['ok', 'watch', 'act'] as const).map(meaningOf)
    expect(new Set(shapes).size).toBe(3)
  })

  test('that are alarms are told on every page, others are not', () => {
    expect(alarmsOf([fork, silent, disk])).toEqual([fork])
    expect(alarmsOf([silent, disk])).toEqual([])
  })

  test('that need a look come apart from what is well, in their sequence', () => {
    expect(parted([fork, silent, disk])).toEqual([[fork, silent], [disk]])
    expect(parted([])).toEqual([[], []])
  })

  test('of one code about two matters keep their places', () => {
    const [one, other] = ['a', 'b'].map(matter => finding('log_forked', 'act', { matter }))
    expect(keyOf(one!)).not.toBe(keyOf(other!))
  })
})
