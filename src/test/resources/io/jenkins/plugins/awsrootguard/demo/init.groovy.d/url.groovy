// Jenkins' own address, as bin/run printed it, so that links in logs lead back here.
def url = System.getenv('ROOT_GUARD_DEMO_URL')
if (url) {
    def location = jenkins.model.JenkinsLocationConfiguration.get()
    location.url = url
    location.save()
}
