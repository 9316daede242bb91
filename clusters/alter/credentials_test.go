package alter

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	authentication "k8s.io/client-go/pkg/apis/clientauthentication/v1"
)

func TestCredentialsAreSaid(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	script := filepath.Join(dir, "credentials.sh")
	g.Expect(os.WriteFile(script, credentialsScript, 0o755)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(dir, "credential.json"), []byte(`{"status":{"clientKeyData":"k"}}`), 0o600)).To(Succeed())
	call := func(env ...string) *exec.Cmd {
		cmd := exec.Command(script)
		cmd.Env = append(os.Environ(), env...)
		return cmd
	}
	said, err := call("TAKES=0", "LAST=30").Output()
	g.Expect(err).NotTo(HaveOccurred())
	var credential authentication.ExecCredential
	g.Expect(json.Unmarshal(said, &credential)).To(Succeed())
	g.Expect(credential.Status.ClientKeyData).To(Equal("k"))
	g.Expect(credential.Status.ExpirationTimestamp.Time).To(BeTemporally("~", time.Now().Add(30*time.Second), 5*time.Second))

	first := call("TAKES=2", "LAST=0", "ALONE=yes")
	g.Expect(first.Start()).To(Succeed())
	g.Eventually(filepath.Join(dir, "lock"), "1s", "10ms").Should(BeAnExistingFile())
	time.Sleep(100 * time.Millisecond) // from the lock's file to the lock
	g.Expect(call("TAKES=0", "LAST=0", "ALONE=yes").Run()).NotTo(Succeed())
	g.Expect(first.Wait()).To(Succeed())
	g.Expect(called(dir)).To(Equal("credentials were asked for 3 times, 1 of them in vain"))
}
