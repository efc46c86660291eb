// Puts the keys of the emulated AWS account, which are new at each start, into Jenkins' own store of credentials.
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl

def file = new File(jenkins.model.Jenkins.get().rootDir, 'aws-credentials')
def profiles = [:].withDefault { [:] }
def profile = null
file.eachLine { line ->
    def section = line =~ /^\[(.+)\]$/
    def setting = line =~ /^(\w+) *= *(.+)$/
    if (section) {
        profile = section[0][1]
    } else if (setting) {
        profiles[profile][setting[0][1]] = setting[0][2]
    }
}
def store = SystemCredentialsProvider.instance
store.credentials.removeIf { it.id in ['root-key', 'auditor'] }
[default: 'root-key', auditor: 'auditor'].each { name, id ->
    def keys = profiles[name]
    store.credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id,
        "${name == 'default' ? "Root's own access key" : 'A user who may only read'}, of the emulated account".toString(),
        keys.aws_access_key_id, keys.aws_secret_access_key))
}
store.save()
