// A machine that cannot be looked into: no Nestor in it, or memory that makes no sense.

namespace Nestor.Tools.Inspect;

public sealed class InspectionException : Exception
{
    public InspectionException(string message)
        : base(message)
    {
    }
}
