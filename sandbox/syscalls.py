"""The calls of the kernel that a worker may make, by name and number.

Everything that stands here no more than reads, computes and writes what a worker has open, or
names files that the rest of the confinement lets it reach. What is missing: sockets, programs
and processes, modes and owners of files, mounts, namespaces, other processes' memory, keys, bpf,
io_uring, and whatever kernels learn from now on.

Numbers: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux
6.1; tests/unit/sandbox/test_seccomp.py compares them with the headers of the machine.
"""

from collections.abc import Mapping

_TABLE = """
    # bytes of open files
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69
    pwritev:296:70 preadv2:327:286 pwritev2:328:287 lseek:8:62 sendfile:40:71
    copy_file_range:326:285 fsync:74:82 fdatasync:75:83 ftruncate:77:46 fallocate:285:47
    fadvise64:221:223 readahead:187:213
    # descriptors
    open:2:- openat:257:56 openat2:437:437 creat:85:- close:3:57 close_range:436:436 dup:32:23
    dup2:33:- dup3:292:24 pipe:22:- pipe2:293:59 fcntl:72:25 flock:73:32
    # what stands where
    stat:4:- fstat:5:80 lstat:6:- newfstatat:262:79 statx:332:291 statfs:137:43 fstatfs:138:44
    access:21:- faccessat:269:48 faccessat2:439:439 readlink:89:- readlinkat:267:78
    getdents:78:- getdents64:217:61 getcwd:79:17 chdir:80:49 fchdir:81:50 umask:95:166
    # names in the own folder; none of other owners or modes
    mkdir:83:- mkdirat:258:34 rmdir:84:- rename:82:- renameat:264:38 renameat2:316:276
    unlink:87:- unlinkat:263:35 symlink:88:- symlinkat:266:36
    # memory
    mmap:9:222 munmap:11:215 mremap:25:216 mprotect:10:226 madvise:28:233 msync:26:227
    mincore:27:232 mlock:149:228 mlock2:325:284 munlock:150:229 brk:12:214 memfd_create:319:279
    membarrier:324:283
    # waiting
    poll:7:- ppoll:271:73 select:23:- pselect6:270:72 epoll_create:213:- epoll_create1:291:20
    epoll_ctl:233:21 epoll_wait:232:- epoll_pwait:281:22 epoll_pwait2:441:441 eventfd:284:-
    eventfd2:290:19
    # threads
    futex:202:98 futex_waitv:449:449 set_robust_list:273:99 get_robust_list:274:100
    set_tid_address:218:96 rseq:334:293 restart_syscall:219:128 exit:60:93 exit_group:231:94
    arch_prctl:158:- sched_yield:24:124 sched_getaffinity:204:123 sched_getparam:143:121
    sched_getscheduler:145:120 sched_get_priority_max:146:125 sched_get_priority_min:147:126
    getcpu:309:168
    # signals of its own
    rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 rt_sigpending:127:136
    rt_sigsuspend:130:133 rt_sigtimedwait:128:137 sigaltstack:131:132 pause:34:-
    # time
    clock_gettime:228:113 clock_getres:229:114 clock_nanosleep:230:115 nanosleep:35:101
    gettimeofday:96:169 time:201:- times:100:153 alarm:37:- setitimer:38:103 getitimer:36:102
    # what it is and what it has used
    getpid:39:172 gettid:186:178 getppid:110:173 getuid:102:174 geteuid:107:175 getgid:104:176
    getegid:108:177 getpgrp:111:- getpgid:121:155 getsid:124:156 getgroups:115:158
    getresuid:118:148 getresgid:120:150 getrusage:98:165 getrlimit:97:163 setrlimit:160:164
    uname:63:160 sysinfo:99:179 getrandom:318:278 getpriority:140:141 capget:125:90
    # narrowed by their arguments in sandbox/seccomp.py
    clone:56:220 kill:62:129 tgkill:234:131 prlimit64:302:261 prctl:157:167 ioctl:16:29
"""
"""Name, number on x86_64, number on aarch64 (a dash where that machine lacks it)."""


def _column(column: int) -> Mapping[str, int]:
    lines = [line for line in _TABLE.splitlines() if not line.lstrip().startswith("#")]
    entries = [entry.split(":") for line in lines for entry in line.split()]
    return {each[0]: int(each[column]) for each in entries if each[column] != "-"}


NUMBERS: Mapping[str, Mapping[str, int]] = {"x86_64": _column(1), "aarch64": _column(2)}
"""Machine, as `platform.machine` says it → name → number."""
