import { expect, it } from 'vitest'
import type { RecordType } from '@/api/types'
import { parseCsv } from './csv'
import { guessType, headingsOf } from './guessType'
import type { UploadedFile } from './imports'
import { doubled, firstMapping, missingFields, samples } from './mapping'

const label = { zh: '', en: '' }
const type: RecordType = {
  key: 'lead', plural: 'leads', label, nameField: 'name', owned: true, views: [], can: {},
  fields: [{ key: 'name', type: 'text', label, required: true }, { key: 'status', type: 'select', label, required: true, default: 'new' }, { key: 'day', type: 'date', label }],
}
const file: UploadedFile = {
  id: '1', columns: ['Name', 'Day', 'Other'], guess: { Name: 'name', Day: 'day' }, dates: { Day: { format: 'dayFirst' } },
  encoding: 'utf-8', delimiter: ',', rows: 3, preview: [['A', '1/2/2026', ''], ['A', '2/2/2026', 'x'], ['B', '3/2/2026', '']],
}

it('proposes the guessed fields with the dates as the file writes them', () =>
  expect(firstMapping(file)).toEqual({ Name: { field: 'name' }, Day: { field: 'day', dateFormat: 'dayFirst' }, Other: null }))
it('prefers what was used for these columns before', () =>
  expect(firstMapping({ ...file, remembered: true, mapping: { Name: null, Other: { field: 'name' } } })).toEqual({ Name: null, Day: null, Other: { field: 'name' } }))
it('misses required fields without a default', () => {
  expect(missingFields(type, { Name: null }).map(field => field.key)).toEqual(['name'])
  expect(missingFields(type, { Name: { field: 'name' } })).toEqual([])
})
it('finds a field that two columns claim', () => expect(doubled({ a: { field: 'name' }, b: { field: 'name' }, c: null })).toEqual(['name']))
it('shows different values of a column', () => expect(samples(file, 'Name')).toEqual(['A', 'B']))
it('reads quoted cells with commas, quotes and line breaks', () =>
  expect(parseCsv('\ufeffa,"b,""c""\nd"\r\n1,\n')).toEqual([['a', 'b,"c"\nd'], ['1', '']]))
it('leaves out a row that was cut off', () => expect(parseCsv('a,b\nc', false)).toEqual([['a', 'b']]))

const of = (key: string, ...names: [string, string][]): RecordType => ({ ...type, key, fields: names.map(([zh, en]) => ({ key: en.toLowerCase(), type: 'text', label: { zh, en } })) })
const customer = of('customer', ['名称', 'Name'], ['行业', 'Industry'], ['网站', 'Website'])
const contact = of('contact', ['姓名', 'Name'], ['电话', 'Phone'], ['邮箱', 'Email'])

it('guesses what a file is about from the names of its columns, in either language', () => {
  expect(guessType('名称,行业,备注', [contact, customer])?.key).toBe('customer')
  expect(guessType('"Name";"E-mail";"PHONE"', [contact, customer])?.key).toBe('contact')
})
it('guesses nothing where two fit alike or hardly a column is known', () => {
  expect(guessType('Name,Phone,Website', [contact, customer])).toBeUndefined()
  expect(guessType('Name,a,b', [contact, customer])).toBeUndefined()
})
it('reads headings in UTF-8 and in GB18030', async () => {
  expect(await headingsOf(new Blob(['\ufeff名称,行业\r\n甲,乙\r\n']))).toBe('名称,行业')
  expect(await headingsOf(new Blob([new Uint8Array([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x61, 0x0a])]))).toBe('名称,a')
})
