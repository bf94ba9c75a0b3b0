import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startWorker } from './app/pwa/worker'
import './app/base.css'
import { firstLocale, loadLocale } from './texts'

document.documentElement.classList.add('crm')
await loadLocale(firstLocale())
void startWorker()
createRoot(document.getElementById('root')!).render(<App />)
