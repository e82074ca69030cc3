// `./build.sh run` in surroundings that are not the usual ones: where it is called from, what TMPDIR and HOME are, which
// descriptors are open, what files are called, and disks that are full. Either it runs as ever, or one line says why not.
using System;
using System.IO;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Support;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

public sealed class EnvironmentTests : IDisposable
{
    private const string PoweredOff = "nestor: guest: powered off";

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);
    private static readonly string s_script = Path.Combine(RepositoryRoot.Path, "build.sh");

    private readonly TemporaryFiles _files = new();
    private readonly string _kernel;

    public EnvironmentTests() => _kernel = _files.GuestOf(LoadPsciFunction, SystemOff, Smc, Forever);

    public void Dispose() => _files.Dispose();

    // $run is the command with a guest that powers off at once, $root a directory of the test, $kernel its kernel.
    [Theory]
    [InlineData("ln -s \"$build\" one; ln -s one two; mkdir d; ln -s ../two d/three; ./d/three $run")]
    [InlineData("export PATH=\"$root:$PATH\"; ln -s \"$build\" nestor; cd /; nestor $run")]
    [InlineData("export CDPATH=/; cd \"$(dirname \"$build\")\"; ./build.sh $run")]
    [InlineData("d=$root/$(printf 'd%.0s' {1..100}); mkdir $d; TMPDIR=$d \"$build\" $run --trace t")]
    [InlineData("mkdir 'a, b=c'; TMPDIR=$root/'a, b=c' \"$build\" $run --trace t --log l")]
    [InlineData("mkdir t; TMPDIR=t \"$build\" $run --trace trace --log l")]
    [InlineData("unset HOME; \"$build\" $run")]
    [InlineData("HOME=/nonexistent \"$build\" $run")]
    [InlineData("env -i \"$build\" $run")]
    [InlineData("\"$build\" $run <&-")]
    [InlineData("\"$build\" $run --log l >&-; s=$?; cat l; exit $s")]
    [InlineData("\"$build\" $run 2>&-")]
    [InlineData("\"$build\" $run --log l <&- >&- 2>&-; s=$?; cat l; exit $s")]
    [InlineData("\"$build\" $run --log l | true; s=${PIPESTATUS[0]}; cat l; exit $s")]
    [InlineData("\"$build\" run --timeout 60 --kernel <(cat $kernel) --initrd <(cat $kernel)")]
    [InlineData("\"$build\" run --timeout 60 --kernel <(gzip -c $kernel)")]
    [InlineData("cat $kernel | \"$build\" run --timeout 60 --kernel /dev/stdin")]
    [InlineData("\"$build\" run --timeout 60 --kernel /dev/stdin < $kernel")]
    [InlineData("\"$build\" run --timeout 60 --kernel /dev/fd/9 9< $kernel")]
    [InlineData("mkfifo f; cat $kernel > f & \"$build\" run --timeout 60 --kernel f")]
    [InlineData("cp $kernel k; \"$build\" run --timeout 60 --guests <(printf '[[guest]]\\nname = \"guest\"\\nkernel = \"k\"\\n')")]
    [InlineData("n=\"a, b=c:d 'e' \\\"f\\\" größe %s\"; cp $kernel \"$n\"; \"$build\" run --timeout 60 --kernel \"$n\" --initrd \"$n\" --module \"$n\" --log \"$n.log\" --trace \"$n.trace\" && grep -q . \"$n.log\" && test -s \"$n.trace\"")]
    [InlineData("\"$build\" $run --log >(cat > l); sleep 1; cat l >&2; grep -q 'powered off' l")]
    [InlineData("\"$build\" $run --log /dev/stderr")]
    [InlineData("\"$build\" $run --trace >(cat > t); sleep 1; test -s t")]
    public async Task A_run_is_as_ever(string script)
    {
        using Command run = Bash(script);
        Assert.True(await run.WaitForExitAsync() == 0, run.Errors);
        Assert.Contains(PoweredOff, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TMPDIR=/nonexistent \"$build\" $run", "TMPDIR is /nonexistent: there is no such directory; set TMPDIR to a directory that can be written")]
    [InlineData("TMPDIR=/proc \"$build\" $run", "TMPDIR is /proc: no directory can be made in it; set TMPDIR to a directory that can be written")]
    [InlineData("\"$build\" run --kernel /dev/zero", "/dev/zero is a device, not a file")]
    [InlineData("\"$build\" run --kernel <(cat /dev/zero 2>/dev/null)", "has more than the guest's memory of 1024M")]
    [InlineData("\"$build\" run --kernel <(true)", " is empty")]
    [InlineData("\"$build\" run --kernel <(gzip -c $kernel | head -c 60)", "/dev/fd/63 is a packed kernel that cannot be used: its gzip data is damaged or cut off")]
    [InlineData("\"$build\" run --restore <(echo no snapshot)", "/dev/fd/63 cannot be restored: it is not a snapshot of Nestor")]
    [InlineData("\"$build\" $run --symbols <(echo no program)", "/dev/fd/63")]
    [InlineData("\"$build\" $run --log /proc/x", "--log: /proc/x cannot be written: no file can be made in /proc")]
    [InlineData("\"$build\" $run --log ''", "--log: a file name is empty")]
    [InlineData("touch q; \"$build\" $run --qmp q", "/q cannot be written: there is something else already")]
    [InlineData("\"$build\" $run --qmp $(printf 'd%.0s' {1..200})", "that of a socket at most 107")]
    [InlineData("\"$build\" trace t --live $(printf 'd%.0s' {1..200})", "that of a socket at most 107")]
    [InlineData("\"$build\" $run --post-mortem /proc/x", "--post-mortem: /proc/x cannot be made: no directory can be made in /proc")]
    [InlineData("\"$build\" $run --record /proc/x", "--record: /proc/x cannot be made: no directory can be made in /proc")]
    public async Task What_cannot_be_is_said_before_anything_starts(string script, string why)
    {
        using Command run = Bash(script);
        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("\"$build\" $run --log /dev/full", "--log: /dev/full does not have all of the console: No space left on device")]
    [InlineData("\"$build\" $run --trace /dev/full", "the machine's memory could not be kept: No space left on device")]
    [InlineData("\"$build\" $run > /dev/full", "standard output does not have all of the console: No space left on device")]
    [InlineData("\"$build\" --help > /dev/full", "standard output: No space left on device")]
    public async Task What_a_full_disk_has_not_taken_is_said_at_the_end(string script, string why)
    {
        using Command run = Bash(script);
        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--log ./k", "--log: ")]
    [InlineData("--trace link", "--trace: ")]
    [InlineData("--log hard", "--log: ")]
    public async Task A_file_that_the_run_reads_is_not_overwritten(string output, string option)
    {
        using Command run = Bash($"cp {_kernel} k; ln -s k link; ln k hard; \"$build\" run --timeout 60 --kernel k {output}; status=$?; cmp {_kernel} k || exit 9; exit $status");
        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.StartsWith($"nestor: {option}", run.Errors, StringComparison.Ordinal);
        Assert.Contains(" would be overwritten, and this command reads it", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf '[[guest]]\\nkernel = \"%s\"\\n' $kernel > g.toml; cp g.toml before; \"$build\" run --timeout 60 --guests g.toml --log g.toml; status=$?; cmp before g.toml || exit 9; exit $status", "--log: ")]
    [InlineData("\"$build\" $run --log x --trace x", "--log and --trace are one file, ")]
    [InlineData("\"$build\" $run --trace t && \"$build\" trace t --perfetto ./t", "is the trace itself")]
    [InlineData("printf '[[guest]]\\nkernel = \"a\\\\u0000b\"\\n' > g.toml; \"$build\" run --guests g.toml", "kernel has a NUL in it")]
    [InlineData("mkdir gone; cd gone; rmdir ../gone; \"$build\" $run", "the current directory has been deleted")]
    public async Task What_would_lose_a_file_or_cannot_be_found_is_refused(string script, string why)
    {
        using Command run = Bash(script);
        Assert.Equal(2, await run.WaitForExitAsync());
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TMPDIR_may_have_a_percent_sign_in_its_name()
    {
        using Command run = Bash("mkdir '100% x'; TMPDIR=\"$PWD/100% x\" \"$build\" $run --trace t; status=$?; test -s t || exit 9; exit $status");
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("", run.Errors);
    }

    // The descriptors of a child of a test are pipes, which /dev/stdin and others lead to; a shell opens all others itself.
    private Command Bash(string script) => Command.Start(
        s_deadline, "bash", "-c", $"cd {_files.Root}; root=$PWD kernel={_kernel} build={s_script} run='run --timeout 60 --kernel {_kernel}'; {script}");
}
