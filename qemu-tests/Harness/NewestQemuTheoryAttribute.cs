// Tests on the newest QEMU: skipped, with the reason, where that cannot be fetched.
using Xunit;

namespace Nestor.Tests.Harness;

/// <summary>[Theory] on <see cref="NewestQemuPath"/>.</summary>
public sealed class NewestQemuTheoryAttribute : TheoryAttribute
{
    public NewestQemuTheoryAttribute() => Skip = NewestQemuPath.WhyNot;
}
