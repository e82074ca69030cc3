// The user asked for something that cannot be: one line says what, the exit status is 2.
// Thrown anywhere, caught in Program alone.

namespace Nestor.Tools.Support;

public sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }
}
