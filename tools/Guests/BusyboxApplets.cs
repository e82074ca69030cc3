// The applets of Debian's busybox-static that a shell on a guest is likely to want; each becomes a link.
// (busybox for arm64 cannot be asked on this machine, and asking it in the guest costs boot time.)

namespace Nestor.Tools.Guests;

public static class BusyboxApplets
{
    private const string List = """
        [ ash awk basename cat chmod chown clear cmp cp cttyhack cut date dd devmem df dirname dmesg du echo
        egrep env expr false find free grep gunzip gzip halt head hexdump hostname httpd id ifconfig insmod ip kill
        killall ln ls lsmod md5sum mkdir mkfifo mknod modprobe more mount mv nc nproc od pidof ping pivot_root poweroff
        printf ps pwd readlink reboot renice reset rm rmdir rmmod sed seq setsid sh sha256sum sleep sort stat
        strings stty switch_root sync sysctl tail tar taskset tee test time timeout top touch tr true tty umount
        uname uniq uptime vi watch wc wget which xargs xzcat yes zcat
        """;

    public static IReadOnlyList<string> Names { get; } =
        List.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
