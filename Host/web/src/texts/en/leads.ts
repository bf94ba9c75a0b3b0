import type { Like } from '..'
import type zh from '../zh/leads'

export default {
  amount: 'Expected amount', assign: 'Assign', assigned: 'Assigned', claim: 'Claim', claimed: 'Claimed: it is yours now', convert: 'Convert', convertText: 'Makes a customer, a contact and an opportunity at once; need and contact data come along.', convertTitle: 'Convert lead: {name}', converted: 'Converted to an opportunity',
  customer: 'Customer', customerName: 'Customer name', customerNeeded: 'Choose or name a customer', existingCustomer: 'Existing customer', invalid: 'Mark invalid', invalidated: 'Marked invalid', maybeKnown: 'This customer may exist already; choose it to join them:',
  newCustomer: 'New customer', newOwner: 'New owner', note: 'Note', opportunityName: 'Opportunity name', opportunityNeeded: 'Name the opportunity', opportunityOf: '{name}', ownerNeeded: 'Choose an owner',
  reason: 'Reason', reasonNeeded: 'Choose a reason', release: 'Back to pool', releaseAsk: 'Put it back into the pool?', releaseText: 'Colleagues can claim this lead then.', released: 'Back in the pool',
} satisfies Like<typeof zh>
