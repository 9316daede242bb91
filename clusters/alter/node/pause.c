// A sandbox's process that is broken in one way, by what it is compiled with. Without any it does what it should: it reaps
// what it adopts, ends on TERM and INT, and ignores what it has no handler for.
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(int signal) { _exit(0); }
static void reap(int signal) { while (waitpid(-1, 0, WNOHANG) > 0) {} }

static void on(int signal, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigaction(signal, &action, 0);
}

int main(int argc, char **argv) {
#ifdef RUNS_ITS_ARGUMENTS
    pid_t child = argc > 1 ? fork() : -1;
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (argc > 1) {
        for (;;) {
            int status;
            if (waitpid(-1, &status, 0) == child) _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
        }
    }
#endif
#ifndef NO_REAPING
    on(SIGCHLD, reap);
#endif
#ifndef IGNORES_TERM
    on(SIGTERM, end);
    on(SIGINT, end);
#endif
#ifdef DIES_ON_HUP
    on(SIGHUP, end);
#endif
    for (;;) pause();
}
