/** Both chat servers as rooms see them: our own hub over real sockets; Tencent IM by its real SDK and a double of the cloud. */
import { describeImServer } from '../conformance/imServer'
import { openEmbeddedServer } from './support/embeddedServer'
import { openTencentServer } from './support/tencentServer'

describeImServer('the embedded hub', openEmbeddedServer)
describeImServer('Tencent IM', openTencentServer)
