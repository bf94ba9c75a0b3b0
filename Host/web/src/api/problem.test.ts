import { expect, it } from 'vitest'
import { placeErrors, Problem } from './problem'

it('reads an RFC 9457 problem', async () => {
  const body = { type: 'about:blank', title: '填写有误', status: 400, code: 'invalid', errors: [{ field: 'name', code: 'field.required', message: '请填写姓名' }] }
  const problem = await Problem.from(new Response(JSON.stringify(body), { status: 400, headers: { 'content-type': 'application/problem+json' } }))
  expect(problem).toMatchObject({ status: 400, code: 'invalid', title: '填写有误', errors: body.errors })
})

it('makes a problem of an answer that is none', async () => {
  const problem = await Problem.from(new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }))
  expect(problem).toMatchObject({ status: 502, code: 'failed', errors: [] })
})

it('puts errors at their fields, also those inside a field, and keeps the rest', () => {
  const error = (field: string) => ({ field, code: 'x', message: field })
  const { placed, rest } = placeErrors([error('name'), error('lines[0].quantity'), error(''), error('other')], ['name', 'lines'])
  expect([...placed.keys()]).toEqual(['name', 'lines'])
  expect(rest).toEqual(['', 'other'])
})
