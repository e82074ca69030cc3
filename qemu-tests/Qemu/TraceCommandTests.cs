// `run --trace` and `trace` from outside: the exits that a guest made are in the file, however the run ended.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tests.Unit.Tools;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;
using Xunit;
using static Nestor.Tests.Harness.GuestCode;

namespace Nestor.Tests.Qemu;

public sealed class TraceCommandTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task What_a_guest_did_before_it_powered_off_is_in_the_trace()
    {
        string file = _files.Path("trace");
        using Command run = BuildSh("run", "--timeout", "100", "--trace", file, "--kernel", _files.GuestOf(ReadCnthctl, ReadCnthctl, LoadUart, LoadTilde, Send, LoadPsciFunction, SystemOff, Smc, Forever));
        Assert.Equal(0, await run.WaitForExitAsync());
        Assert.Equal("", run.Errors);

        TraceFile trace = TraceFile.Read(file);
        Assert.Equal(2, trace.Cpus.Count);
        Assert.Equal([new TraceGuest("guest", HasVirtualEl2: true)], trace.Guests);
        Assert.Equal([new TraceVcpu(0, 0), new TraceVcpu(0, 1)], trace.Vcpus);
        ExitNames names = new(RepositoryRoot.Path);
        TraceExit[] made = [.. trace.Cpus[0].Where(exit => exit.Syndrome != ulong.MaxValue)];
        Assert.Equal(["CNTHCTL_EL2 read", "CNTHCTL_EL2 read", "data abort from a lower level", "SMC"], made.TakeLast(4).Select(names.Key));
        Assert.Equal(made[^4].Pc + 4, made[^3].Pc);
        Assert.Equal(("value", made[^4].Detail), (made[^3].DetailName, made[^3].Detail));
        Assert.Equal(("address", 0x900_0000UL, '~'), (made[^2].DetailName, made[^2].Detail, made[^2].Value));
        Assert.Equal(("function", 0x8400_0008UL, null), (made[^1].DetailName, made[^1].Detail, made[^1].Value));
        Assert.All(made, exit => Assert.Equal("EL2", ExitNames.Level(exit)));

        using Command text = BuildSh("trace", file);
        Assert.Equal(0, await text.WaitForExitAsync());
        Assert.Matches(new Regex($@" 0  guest/0 +EL2    {made[^1].Pc:x16}  SMC \(esr 5e000000\), function 84000008\n$"), text.Output);

        using Command pictures = BuildSh("trace", file, "--perfetto", _files.Path("json"), "--histogram", _files.Path("svg"));
        Assert.Equal(0, await pictures.WaitForExitAsync());
        Assert.Contains("\"name\":\"CNTHCTL_EL2 read\"", File.ReadAllText(_files.Path("json")), StringComparison.Ordinal);
        Assert.Contains("CNTHCTL_EL2 read</text>", File.ReadAllText(_files.Path("svg")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_run_that_times_out_can_be_traced_while_it_lasts_and_afterwards()
    {
        string socket = _files.Path("qmp");
        string live = _files.Path("live");
        string file = _files.Path("trace");
        using Command run = BuildSh("run", "--timeout", "20", "--cpus", "1", "--qmp", socket, "--trace", file, "--kernel", _files.GuestOf(ReadCnthctl, Back));
        TraceExit last = default;
        while (last == default)
        {
            await Task.Delay(500);
            using Command look = BuildSh("trace", live, "--live", socket);
            if (await look.WaitForExitAsync() == 0 && TraceFile.Read(live).Cpus[0].Count > 0)
            {
                last = TraceFile.Read(live).Cpus[0][^1];
                Assert.Contains("CNTHCTL_EL2 read x3", look.Output, StringComparison.Ordinal);
            }
            else
            {
                // Until Nestor has begun.
                Assert.DoesNotContain("timed out", run.Errors, StringComparison.Ordinal);
            }
        }

        Assert.Equal(3, await run.WaitForExitAsync());
        Assert.Equal("nestor: timed out after 20 s\n", run.Errors);
        TraceFile trace = TraceFile.Read(file);
        Assert.Equal(128, trace.Cpus[0].Count);
        Assert.True(trace.Cpus[0][0].Time > last.Time);
    }

    [Fact]
    public async Task Over_the_second_serial_port_the_trace_is_what_is_in_memory()
    {
        string socket = _files.Path("qmp");
        string port = FreePort.Take();
        // With nv=2 Nestor looks at timers a hundred times a second, and that fills the ring.
        using Command run = BuildSh("run", "--timeout", "100", "--cpus", "1", "--nv", "1", "--gdb", port, "--qmp", socket, "--kernel", _files.GuestOf(ReadCnthctl, LoadUart, LoadTilde, Send, Forever));
        await run.ExpectAsync("~");
        TraceExit[] read = await MadeAsync("read", socket);
        TraceExit[] asked = await MadeAsync("asked", port);
        Assert.Equal([("CNTHCTL_EL2 read", null), ("data abort from a lower level", '~')], asked.TakeLast(2).Select(exit => (new ExitNames(RepositoryRoot.Path).Key(exit), exit.Value)));
        Assert.Equal(read, asked);

        // A gdb has the port to itself.
        using TcpClient gdb = new();
        await gdb.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        using Command second = BuildSh("trace", _files.Path("second"), "--live", port);
        Assert.Equal(2, await second.WaitForExitAsync());
        Assert.Equal($"nestor: --live: the machine of port {port} cannot be read: {GdbRelay.Busy}\n", second.Errors);
        await run.SendAsync("\x1d");
        await run.SendAsync("vm shutdown\r");
        Assert.Equal(0, await run.WaitForExitAsync());

        using Command nobody = BuildSh("trace", _files.Path("nobody"), "--live", port);
        Assert.Equal(2, await nobody.WaitForExitAsync());
        Assert.Equal($"nestor: --live: nobody answers at port {port}; it is made by `run --gdb {port}` and goes with its machine\n", nobody.Errors);
    }

    // The exits of the guest's own, without what JSON does not tell: of PSTATE only the level, of virtual EL2 not the format.
    private async Task<TraceExit[]> MadeAsync(string name, string live)
    {
        using Command look = BuildSh("trace", _files.Path(name), "--live", live);
        Assert.Equal(0, await look.WaitForExitAsync());
        return [.. TraceFile.Read(_files.Path(name)).Cpus[0].Where(exit => !exit.IsInterrupt).Select(exit => exit with { Pstate = 0, Context = Math.Min(exit.Context, 1) })];
    }

    [Fact]
    public async Task What_a_guest_did_before_Nestor_panicked_is_in_the_trace()
    {
        string file = _files.Path("trace");
        using Command run = BuildSh("run", "--timeout", "100", "--cpus", "1", "--trace", file, "--kernel", _files.GuestOf(ReadCnthctl, LoadUart, LoadTilde, Send, Forever));
        await run.ExpectAsync("~");
        await run.SendAsync("\x1d");
        await run.ExpectAsync("nestor guest");
        await run.SendAsync("panic\r");
        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Contains(TraceFile.Read(file).Cpus[0], exit => new ExitNames(RepositoryRoot.Path).Key(exit) == "CNTHCTL_EL2 read");
    }

    [Fact]
    public async Task Where_there_is_no_machine_that_is_said()
    {
        string socket = _files.Path("nothing");
        using Command look = BuildSh("trace", _files.Path("trace"), "--live", socket);
        Assert.Equal(2, await look.WaitForExitAsync());
        Assert.Equal($"nestor: --live: there is no socket {socket}; it is made by `run --qmp` and goes with its machine\n", look.Errors);
    }

    private static Command BuildSh(params string[] arguments) => Command.BuildSh(s_deadline, arguments);
}
