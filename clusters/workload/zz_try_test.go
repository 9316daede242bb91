package workload
import ("testing";"context";"os";"time";"github.com/gateproof/gateproof/clusters/progress")
func TestTry(t *testing.T){
 r:=progress.Plain(os.Stderr); defer r.Close()
 ctx:=progress.With(context.Background(), r.Sink)
 im,err:=Ensure(ctx); if err!=nil {t.Fatal(err)}
 s:=time.Now(); im,err=Ensure(ctx); t.Log(time.Since(s))
 for _,i:=range im { img,err:=i.Load(); if err!=nil {t.Fatal(err)}; d,_:=img.Digest(); sz,_:=img.Size(); t.Log(i, d, sz) }
}
