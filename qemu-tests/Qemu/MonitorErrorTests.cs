// Each mistake at the prompt has its text. One machine for all of them: none changes anything.
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class MonitorErrorTests(MonitorErrorTests.OpenMonitor machine) : IClassFixture<MonitorErrorTests.OpenMonitor>
{
    [Theory]
    [InlineData("mem 0x2000", "not mapped by stage 1: '0x2000'")]
    [InlineData("mem 0x40900000", "not mapped by the guest hypervisor's stage 2: '0x40900000'")]
    [InlineData("mem ipa:0x9000000", "not memory: a device's address, or nothing's: 'ipa:0x9000000'")]
    [InlineData("mem ipa:0x80000000", "not in the guest's memory: 'ipa:0x80000000'")]
    [InlineData("mem host:0x9000000", "not memory: 'host:0x9000000'")]
    [InlineData("mem host:0x40200000 = 1", "not memory that may be written: 'host:0x40200000'")]
    [InlineData("mem x20+", "bad expression 'x20+'")]
    [InlineData("mem -", "bad expression '-'")]
    [InlineData("mem --1", "bad expression '--1'")]
    [InlineData("mem x20+-1", "bad expression 'x20+-1'")]
    [InlineData("mem pc -1", "1 to 4096 bytes at a time, not '-1'")]
    [InlineData("", "json stands in front of a command")]
    [InlineData("\"\"", "unknown command (try help): ''")]
    [InlineData("mem el3:0", "an address begins with el1:, el2:, l2ipa:, ipa:, host: or none of them, not 'el3:0'")]
    [InlineData("mem pc 5000", "1 to 4096 bytes at a time, not '5000'")]
    [InlineData("mem pc = 1 3", "a size is 1, 2, 4 or 8, not '3'")]
    [InlineData("mem search pc 0x200000 x", "at most 1 MiB at a time, not '0x200000'")]
    [InlineData("mem search pc 16 nowhere", "not found: 'nowhere'")]
    [InlineData("mem search", "mem search needs an address, a count and what to find")]
    [InlineData("mem", "mem needs an address")]
    [InlineData("mem disassemble 0x2000", "not mapped by stage 1: '0x2000'")]
    [InlineData("mem disassemble pc 257", "1 to 256 instructions at a time, not '257'")]
    [InlineData("mem disassemble pc+", "bad expression 'pc+'")]
    [InlineData("walk", "walk needs an address")]
    [InlineData("walk host:0x40000000", "a host address is not translated: 'host:0x40000000'")]
    [InlineData("shadow x", "no such vm: 'x'")]
    [InlineData("gic 999", "no such interrupt: '999'")]
    [InlineData("break 0x1", "an instruction is at a multiple of 4")]
    [InlineData("trace class zz", "a class is ESR_ELx.EC, 0 to 0x3f, not 'zz'")]
    [InlineData("trace class", "a class is ESR_ELx.EC, 0 to 0x3f, not ''")]
    [InlineData("trace nonsense", "trace does not know 'nonsense'")]
    [InlineData("save", "save wants the name of a file")]
    [InlineData("stats x", "no such vm: 'x'")]
    [InlineData("log x", "no such vm: 'x'")]
    [InlineData("log 0", "no such vm: '0'")]
    [InlineData("log nestor 0", "a count is 1 or more, not '0'")]
    [InlineData("log 1 2 3", "one word too many: '3'")]
    [InlineData("log g x", "a count is 1 or more, not 'x'")]
    [InlineData("timer x", "one word too many: 'x'")]
    [InlineData("break pc extra", "one word too many: 'extra'")]
    [InlineData("break delete 1 x", "one word too many: 'x'")]
    [InlineData("vm list foo", "one word too many: 'foo'")]
    [InlineData("gic 27 28", "one word too many: '28'")]
    [InlineData("help vm x", "one word too many: 'x'")]
    [InlineData("vcpu stop g/0 x", "one word too many: 'x'")]
    [InlineData("vcpu g/0 x", "one word too many: 'x'")]
    [InlineData("vcpu list x", "one word too many: 'x'")]
    [InlineData("reg diff x", "one word too many: 'x'")]
    [InlineData("walk pc extra", "one word too many: 'extra'")]
    [InlineData("mem pc 8 x", "one word too many: 'x'")]
    [InlineData("mem search pc 16 \"x y\" z", "one word too many: 'z'")]
    [InlineData("mem search pc 16 two words", "not found: 'two words'")]
    [InlineData("mem search pc 16 0123456789012345678901234567890123456789012345678901234567890123 more", "at most 64 characters can be searched for, not '0123456789012345678901234567890123456789012345678901234567890123 more'")]
    [InlineData("watch pc 8 q", "watch does not know 'q'")]
    [InlineData("watch pc 3", "1, 2, 4 or 8 bytes that cross no multiple of 8 can be watched")]
    [InlineData("mem pc =", "a number is missing")]
    [InlineData("mem el1:", "a number is missing")]
    [InlineData("break delete", "delete needs a number")]
    [InlineData("watch delete", "delete needs a number")]
    [InlineData("trace 0", "a count is 1 or more, not '0'")]
    [InlineData("trace histogram 0", "a count is 1 or more, not '0'")]
    public async Task What_is_wrong_is_said(string command, string error)
    {
        Assert.Equal(error, (await machine.Monitor.JsonAsync(command)).GetProperty("error").GetString());
    }

    /// <summary>A machine with the monitor open.</summary>
    public sealed class OpenMonitor : IAsyncLifetime
    {
        private QemuMachine? _machine;

        /// <summary>Its prompt.</summary>
        public MonitorConsole Monitor { get; private set; } = null!;

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            _machine = await QemuMachine.StartAsync(MonitoredGuest.Options("monitor errors"));
            Monitor = await MonitoredGuest.OpenAsync(_machine);
        }

        /// <inheritdoc/>
        public async Task DisposeAsync()
        {
            _machine!.Pass();
            await _machine.DisposeAsync();
        }
    }
}
