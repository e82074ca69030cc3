// Bad words on the command line: refused in one line, with nothing built, fetched or started.
using System;
using System.Threading.Tasks;
using Nestor.Tools.Commands;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Unit.Tools;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("frob", "'frob'")]
    [InlineData("run --frob", "'--frob'")]
    [InlineData("run word", "'word'")]
    [InlineData("frob", "./build.sh --help lists")]
    [InlineData("run --frob", "./build.sh run --help lists")]
    [InlineData("run --module initrd=", "a module's file name is empty")]
    [InlineData("run --kernel", "--kernel")]
    [InlineData("run --cpus x", "--cpus: 'x' is not a number")]
    [InlineData("run --cpus 9", "guest: cpus is 9; it must be 1 to 8")]
    [InlineData("run --el 3", "guest: el is 3")]
    [InlineData("run --nv 0", "guest: nv is 0")]
    [InlineData("run --memory lots", "--memory: 'lots' is not a size")]
    [InlineData("run --memory 14M", "guest: memory 14M is too little; it needs 16M")]
    [InlineData("run --host-cpus 0", "--host-cpus is 0")]
    [InlineData("run --timeout 0", "--timeout is 0")]
    [InlineData("run --log /none/log", "--log: /none/log cannot be written: there is no directory /none")]
    [InlineData("run --trace /tmp", "--trace: /tmp cannot be written: it is a directory")]
    [InlineData("run --qmp /proc/x", "--qmp: /proc/x cannot be written: no file can be made in /proc")]
    [InlineData("run --post-mortem /proc/x", "--post-mortem: /proc/x cannot be made: no directory can be made in /proc")]
    [InlineData("run --post-mortem /dev/null", "--post-mortem: /dev/null cannot be made: /dev/null is a file")]
    [InlineData("run --kernel /none", "/none does not exist")]
    [InlineData("run --kernel /dev/null", "/dev/null is a device, not a file")]
    [InlineData("run --bios /none --kernel /none", "bios takes no kernel")]
    [InlineData("run --guests /none.toml", "/none.toml does not exist")]
    [InlineData("run --guests /none.toml --cpus 2", "--cpus describes one guest")]
    [InlineData("run --restore /none", "/none cannot be restored: it does not exist")]
    [InlineData("run --restore /tmp", "/tmp cannot be restored: it is a directory")]
    [InlineData("run --restore /none --cpus 2", "--restore takes the whole guest from the snapshot; --cpus has no place beside it")]
    [InlineData("run --restore /none --symbols", "a snapshot has no kernel to take names from: beside --restore, --symbols wants a file")]
    [InlineData("run --restore /none --symbols /none", "/none does not exist")]
    [InlineData("run --restore /none --vmm", "--restore takes the whole guest from the snapshot; --vmm has no place beside it")]
    [InlineData("run --vmm --initrd /none", "guest: vmm is an initrd, and takes no other and no bios beside it")]
    [InlineData("run --guests /none.toml --vmm", "--vmm describes one guest")]
    [InlineData("run --gdb 0", "--gdb is 0; it must be 1 to 65535")]
    [InlineData("run --gdb x", "--gdb: 'x' is not a number")]
    [InlineData("run --gdb-wait", "--gdb-wait needs --gdb PORT")]
    [InlineData("symbols /none x", "/none does not exist")]
    [InlineData("run --qemu /none", "--qemu: there is no program '/none'")]
    [InlineData("run --record /proc/x", "--record: /proc/x cannot be made: no directory can be made in /proc")]
    [InlineData("run --record /none-yet --host-cpus 2", "one CPU only")]
    [InlineData("run --record /none-yet --gdb 1234", "--record and --gdb do not go together")]
    [InlineData("demo --record /proc/x", "--record: /proc/x cannot be made: no directory can be made in /proc")]
    [InlineData("demo --record /none-yet --host-cpus 2", "one CPU only")]
    [InlineData("debug --record x", "'--record'")]
    [InlineData("replay", "DIR")]
    [InlineData("replay /none", "/none is no recording")]
    [InlineData("replay /none --at 0", "--at is 0; it must be 1 or more")]
    [InlineData("replay /none --at -5", "--at is -5; it must be 1 or more")]
    [InlineData("replay /none --at soon", "--at: 'soon' is not a number")]
    [InlineData("replay /none --debug --live", "--debug and --live do not go together")]
    [InlineData("replay /none --debug --at 5", "--debug and --live do not go together")]
    [InlineData("replay /none --gdb 1234", "--gdb needs --live or --at N")]
    [InlineData("replay /none --live --gdb 0", "--gdb is 0; it must be 1 to 65535")]
    [InlineData("trace /none", "/none does not exist")]
    [InlineData("trace /tmp", "/tmp is a directory, not a trace")]
    [InlineData("trace /none --perfetto /nope/p.json", "--perfetto: /nope/p.json cannot be written: there is no directory /nope")]
    [InlineData("trace /none --histogram /tmp", "--histogram: /tmp cannot be written: it is a directory")]
    [InlineData("trace /nope/t --live /nosuch", "trace: /nope/t cannot be written: there is no directory /nope")]
    [InlineData("trace /tmp/none --live /nosuch", "--live: there is no socket /nosuch; it is made by `run --qmp` and goes with its machine")]
    [InlineData("trace /tmp/none --live /dev/null", "--live: /dev/null is no socket of a machine that runs")]
    [InlineData("debug --cpus 0", "guest: cpus is 0")]
    [InlineData("demo --kernel x", "'--kernel'")]
    [InlineData("test --slow", "'--slow'")]
    [InlineData("test --repeat 0", "--repeat is 0; it must be at least 1")]
    [InlineData("fuzz --count 0", "--count is 0; it must be at least 1")]
    [InlineData("fuzz --seconds -1", "--seconds is -1; it must be at least 1")]
    [InlineData("fuzz --stop 0", "--stop is 0; it must be at least 1")]
    [InlineData("suite kvm-unit-tests /tmp --timeout 0", "--timeout is 0; it must be at least 1")]
    [InlineData("suite ltp /tmp", "there is no suite 'ltp'; it is kvm-unit-tests, kvm-selftests or payloads")]
    [InlineData("suite kvm-unit-tests /nosuch", "/nosuch is no directory; give `arm` of a kvm-unit-tests that you have built")]
    public async Task Is_refused_in_one_line(string line, string expected)
    {
        UsageException e = await Assert.ThrowsAsync<UsageException>(() => CommandLine.InvokeAsync(line.Split(' ')));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
