// The smallest user space that proves a guest lives: busybox, a line on the console that tests wait
// for, and a shell. Leaving the shell switches the machine off.
using System.Text;

namespace Nestor.Tools.Guests;

public static class Initramfs
{
    // Words of the kernel's command line that it does not know are in the environment: run="COMMAND".
    private const string Init = """
        #!/bin/sh
        mount -t proc proc /proc
        mount -t sysfs sysfs /sys
        mount -t devtmpfs devtmpfs /dev
        export HOME=/ PATH=/bin TERM=vt100 PS1='nestor# '
        echo "nestor-init: $(uname -r) up, $(nproc) cpus"
        [ -z "$run" ] || sh -c "$run"
        setsid cttyhack sh -c 'stty rows 24 cols 80; exec sh'
        poweroff -f

        """;

    public static byte[] Build(byte[] busybox, params IReadOnlyList<InitramfsFile> more)
    {
        CpioWriter archive = new();
        string[] always = ["bin", "dev", "proc", "sys", "tmp"];
        foreach (string directory in always.Union(more.Select(file => Path.GetDirectoryName(file.Name)!)))
        {
            archive.AddDirectory(directory);
        }

        archive.AddCharacterDevice("dev/console", 5, 1);
        archive.AddFile("init", Encoding.ASCII.GetBytes(Init), executable: true);
        archive.AddFile("bin/busybox", busybox, executable: true);
        foreach (string applet in BusyboxApplets.Names)
        {
            archive.AddLink("bin/" + applet, "busybox");
        }

        foreach (InitramfsFile file in more)
        {
            archive.AddFile(file.Name, file.Content, executable: true);
        }

        return archive.Finish();
    }
}
