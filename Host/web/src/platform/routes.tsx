import type { RouteObject } from 'react-router'
import { page } from '@/app/page'

export const platformRoutes: RouteObject[] = [
  { path: 'admin', lazy: page(() => import('./AdminPage'), 'AdminPage') },
  { path: 'admin/users', lazy: page(() => import('./users/UsersPage'), 'UsersPage') },
  { path: 'admin/units', lazy: page(() => import('./units/UnitsPage'), 'UnitsPage') },
  { path: 'admin/roles', lazy: page(() => import('./roles/RolesPage'), 'RolesPage') },
  { path: 'admin/fields', lazy: page(() => import('./fields/FieldsPage'), 'FieldsPage') },
  { path: 'admin/forms', lazy: page(() => import('./forms/FormsPage'), 'FormsPage') },
  { path: 'admin/absences', lazy: page(() => import('./absences/AbsencesPage'), 'AbsencesPage') },
  { path: 'admin/calendars', lazy: page(() => import('./calendars/CalendarsPage'), 'CalendarsPage') },
  { path: 'admin/settings', lazy: page(() => import('./settings/SettingsPage'), 'SettingsPage') },
  { path: 'admin/outbox', lazy: page(() => import('./outbox/OutboxPage'), 'OutboxPage') },
  { path: 'admin/sign-ins', lazy: page(() => import('./signins/SignInsPage'), 'SignInsPage') },
  { path: 'admin/notices', lazy: page(() => import('./notices/NoticesPage'), 'NoticesPage') },
  { path: 'admin/tokens', lazy: page(() => import('./TokensPage'), 'TokensPage') },
]

/** Pages that need no sign-in. */
export const publicRoutes: RouteObject[] = [
  { path: '/f/:key', lazy: page(() => import('./public/PublicFormPage'), 'PublicFormPage') },
  { path: '/password', lazy: page(() => import('./public/PasswordPage'), 'PasswordPage') },
  { path: '/forgot', lazy: page(() => import('./public/ForgotPage'), 'ForgotPage') },
  { path: '/setup', lazy: page(() => import('./public/SetUpPage'), 'SetUpPage') },
]
