import type { Like } from '..'
import type zh from '../zh/sales'

export default {
  accept: 'Customer accepted', addLine: 'Add product', amount: 'Amount', authorityLegend: 'Largest discount {given}; yours up to {own}, superior up to {level2}', board: 'Board', boardNote: '{n} open, {amount}', card: 'Opportunity card, can be dragged', closeDate: 'Expected close',
  columnEmpty: 'Drag opportunities here', conditions: 'Conditions and terms', copy: 'Copy', decline: 'Customer declined', did_accept: 'Acceptance recorded', did_copy: 'Copied to a new draft', did_decline: 'Refusal recorded', did_pending: 'Submitted, waiting for approval', did_send: 'Marked as sent', did_submit: 'Approved within your authority', discount: 'Discount', effectiveDiscount: 'Off list prices',
  lines: 'Products', list: 'List', lostNeeded: 'Choose a reason', lostNote: 'Note', lostOk: 'Mark as lost', lostReason: 'Why was it lost?', lostTitle: 'Lost: {name}', makeQuote: 'New quote', margin: 'Margin',
  needs_director: 'Needs your superior and the sales director', needs_none: 'Within your authority: approved on submit', needs_superior: 'Over your authority: needs your superior', noLines: 'No products yet', pendingNote: 'Waiting for approval; the content is locked. Withdraw the approval to change it.', products: 'Products',
  removeLine: 'Remove line {n}', reopenAsk: 'Change this quote?', reopenText: 'Once changed it is a draft again and must be submitted again.', send: 'Mark as sent', shape: 'Show as', stages: 'Sales stages', submit: 'Submit', submitForApproval: 'Submit for approval', subtotal: 'Subtotal', tax: 'Tax', total: 'Total incl. tax', totals: 'Totals', undo: 'Undo changes',
  said: '{name}: {comment}', seeApproval: 'See approval', withdrawAsk: 'Withdraw this quote from approval?', withdrawText: 'Nobody decides it any more; the quote is unlocked and can be changed and submitted again.',
} satisfies Like<typeof zh>
