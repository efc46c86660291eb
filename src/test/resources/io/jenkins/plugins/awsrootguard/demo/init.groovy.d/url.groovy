// Sets the Jenkins URL that bin/run printed, so that links in logs work.
def url = System.getenv('ROOT_GUARD_DEMO_URL')
if (url) {
    def location = jenkins.model.JenkinsLocationConfiguration.get()
    location.url = url
    location.save()
}
