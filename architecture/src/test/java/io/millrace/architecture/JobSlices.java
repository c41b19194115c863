package io.millrace.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** One slice for each job. */
final class JobSlices implements SliceAssignment {

    private static final List<String> JOBS = Checkout.jobs();

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        for (String job : JOBS) {
            String room = "io.millrace." + job;
            if (javaClass.getPackageName().equals(room)
                    || javaClass.getPackageName().startsWith(room + ".")) {
                return SliceIdentifier.of(job);
            }
        }
        return SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "jobs";
    }
}
