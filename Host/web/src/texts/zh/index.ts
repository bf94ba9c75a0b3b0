import app from './app'
import designer from './designer'
import imports from './imports'
import leads from './leads'
import platform from './platform'
import records from './records'
import sales from './sales'
import trials from './trials'
import versions from './versions'
import watch from './watch'
import work from './work'
import workflows from './workflows'

export default { app, designer, imports, leads, platform, records, sales, trials, versions, watch, work, workflows }
