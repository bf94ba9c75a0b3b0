import { describe, expect, it } from 'vitest'
import type { Rec, RecordType } from '@/api/types'
import { choicesOf } from './choices'

const option = (key: string) => ({ key, label: { zh: key, en: key } })
const type = {
  key: 'mailTemplate', nameField: 'name',
  fields: [{ key: 'name' }, { key: 'code' }, { key: 'about', options: [option('lead'), option('opportunity')] }],
} as unknown as RecordType
const records = [{ name: 'Brochure', code: 'brochure', about: 'lead' }, { name: 'Thanks', code: 'thanks', about: 'opportunity' }] as unknown as Rec[]
const offered = (about: string) => choicesOf(type, records, { about }).map(choice => choice.value)

describe('records that a step names', () => {
  it('are those about the record type of the SOP', () => expect(offered('opportunity')).toEqual(['thanks']))
  it('are all where none could be about it', () => expect(offered('quote')).toEqual(['brochure', 'thanks']))
})
