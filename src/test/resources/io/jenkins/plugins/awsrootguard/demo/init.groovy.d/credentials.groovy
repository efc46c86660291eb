// Stores the access keys of the emulated AWS account, which are new at each start, as Jenkins credentials.
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
def credentials = organization
    ? [default: ['organization', 'Administrator of the management account (emulated organization)']]
    : [default: ['root-key', 'Root access key (emulated account)'],
       auditor: ['auditor', 'Read-only user (emulated account)']]
store.credentials.removeIf { it.id in ['root-key', 'auditor', 'organization'] }
credentials.each { name, credential ->
    def keys = profiles[name]
    store.credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, credential[0], credential[1],
        keys.aws_access_key_id, keys.aws_secret_access_key))
}
store.save()
