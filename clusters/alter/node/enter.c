// Runs its arguments in a PID namespace of their own, with a /proc of it.
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int status;
    if (argc < 2 || unshare(CLONE_NEWPID | CLONE_NEWNS) != 0) return 125;
    pid_t child = fork();
    if (child < 0) return 125;
    if (child == 0) {
        mount("none", "/", 0, MS_REC | MS_PRIVATE, 0);
        if (mount("proc", "/proc", "proc", 0, 0) != 0) _exit(125);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (waitpid(child, &status, 0) != child) return 125;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
