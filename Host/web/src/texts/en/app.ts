import type { Like } from '..'
import type zh from '../zh/app'

export default {
  account: 'Account and security', again: 'Try again', allNotifications: 'See all notifications', cancel: 'Cancel', changePassword: 'Change password',
  close: 'Close', create: 'New', currentPassword: 'Current password', dark: 'Dark', delete: 'Delete', edit: 'Edit',
  email: 'Email', emailNeeded: 'Enter your email', failed: 'That did not work. Please try again.', forbidden: 'Not allowed',
  inMinutes: 'in {n} min', justNow: 'just now', language: 'Language', lateDays: '{n} d overdue', lateHours: '{n} h overdue', lateMinutes: '{n} min overdue',
  light: 'Light', loadFailed: 'Could not be loaded', loadMore: 'Load more', loading: 'Loading',
  menu: 'Menu', menuFold: 'Collapse menu', menuUnfold: 'Expand menu', minutesAgo: '{n} min ago', more: 'More',
  nameNeeded: 'Enter a name', navAdmin: 'Administration', navImports: 'Imports', navRuns: 'Runs', navSales: 'Sales', navSettings: 'Settings',
  navSopList: 'SOPs', navSops: 'SOPs', navWork: 'My work', newPassword: 'New password', noNotifications: 'No notifications',
  noNotificationsText: 'New tasks, approvals and changes to your records will show up here.', notFound: 'Not found', notFoundText: 'It may have been deleted, or is outside your data scope.',
  nothingFound: 'Nothing found for “{text}”', notifications: 'Notifications', notificationsNew: 'Notifications, {n} unread', offline: 'The server cannot be reached. Check your connection and try again.',
  offlineBar: 'You are offline. The page updates by itself once the connection is back; nothing you typed is lost.', ok: 'OK', password: 'Password', passwordNeeded: 'Enter the password', passwordsDiffer: 'The two do not match',
  readAll: 'Mark all as read', remember: 'Keep me signed in', repeatPassword: 'Repeat the new password', results: 'Results', save: 'Save', saved: 'Saved',
  search: 'Search', searchHelp: 'Type a name, number, phone or email. ↑↓ to choose, Enter to open, Esc to close.', searchHint: 'Search leads, customers, opportunities…', searchPlaceholder: 'Search all records',
  semicolon: '; ', signIn: 'Sign in', signInAgain: 'Your sign-in has expired', signInAgainText: 'Sign in again to go on. This page and what you typed stay as they are.', signOut: 'Sign out',
  skipToContent: 'Skip to content', storyFollow: 'Once the quote is out, follow-ups come on their day until it is won or decided', storyLead: 'A lead comes in and the SOP picks its owner by your rules', storyQuote: 'A discount over authority goes to the superior by itself',
  storyTask: 'The owner gets a first-contact task with script and due time', storyTitle: 'Sales procedures that run themselves', system: 'Auto', theme: 'Appearance',
  toWork: 'Back to my work', todayAt: 'today {time}', tokenCreate: 'Create', tokenName: 'Purpose, such as “website form”', tokenOnce: 'Copy it now; it will not be shown again: ',
  tokenRevoke: 'Revoke', tokenRevokeAsk: 'Revoke the token “{name}”? Programs that use it lose access.', tokenUnused: 'Not used yet', tokenUsed: 'Last used {at}', tokens: 'API tokens',
  tokensText: 'With a token a program uses the API as you, with your permissions.', tomorrowAt: 'tomorrow {time}', unread: 'Unread', unreadCount: '{n} unread',
  userMenu: 'Menu of {name}', welcome: 'Welcome back', welcomeText: 'Sign in with your work email', yesterdayAt: 'yesterday {time}',
  many_activity: 'Activities', many_contact: 'Contacts', many_customer: 'Customers', many_lead: 'Leads', many_opportunity: 'Opportunities', many_product: 'Products', many_quote: 'Quotes', many_user: 'People', many_unit: 'Units',
  keyApprove: 'Approve / reject', keyHandOver: 'Hand over', keySelect: 'Select several', keySnooze: 'Snooze', keyClose: 'Close', keyCreate: 'New', keyEdit: 'Edit', keyHelp: 'Show shortcuts', keyMove: 'Move up and down', keyOpen: 'Open', keyOutcome: 'Complete a task: choose its outcome', keySave: 'Save a form', keySearch: 'Search', shortcuts: 'Keyboard shortcuts',
  backToSignIn: 'Back to sign-in', forgot: 'Forgot password?', forgotTitle: 'Forgot password', forgotText: 'Enter your e-mail address and we will send a link to set a new password.', forgotSend: 'Send link', forgotSent: 'If there is an account with this address, the link is on its way. It works for one hour.', forgotNoMail: 'No mail server is set up, so no link can be sent. Ask your administrator for one.', newVersion: 'A new version is ready.', reload: 'Update now',
  navService: 'Service', navMarketing: 'Marketing', many_ticket: 'Tickets', many_campaign: 'Campaigns', many_segment: 'Segments', many_slaPolicy: 'SLA policies', many_mailTemplate: 'Mail templates', many_tag: 'Tags',
} satisfies Like<typeof zh>
