import { Link } from 'react-router'
import { t } from '@/texts'
import { Page } from '@/ui/Page'
import { useSections } from './sections'
import './platform.css'

/** Everything that can be set up, as one overview. */
export function AdminPage() {
  return (
    <Page title={t('platform.admin')}>
      {useSections().map(group => (
        <section key={group.key} className="admin-group">
          <h2>{group.name}</h2>
          <div className="admin-cards">
            {group.sections.map(section => (
              <Link key={section.to} to={section.to} className="panel admin-card">
                <span className="admin-icon" aria-hidden>{section.icon}</span>
                <span><strong>{section.name}</strong><span className="muted small">{section.about}</span></span>
              </Link>
            ))}
          </div>
        </section>
      ))}
    </Page>
  )
}
