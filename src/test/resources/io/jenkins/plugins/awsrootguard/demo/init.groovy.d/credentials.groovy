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
def organization = new File(jenkins.model.Jenkins.get().rootDir, 'jobs/secure-organization').exists()
def meant = organization
    ? [default: ['organization', 'An administrator of the management account, of the emulated organization']]
    : [default: ['root-key', "Root's own access key, of the emulated account"],
       auditor: ['auditor', 'A user who may only read, of the emulated account']]
store.credentials.removeIf { it.id in ['root-key', 'auditor', 'organization'] }
meant.each { name, credential ->
    def keys = profiles[name]
    store.credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, credential[0], credential[1],
        keys.aws_access_key_id, keys.aws_secret_access_key))
}
store.save()
