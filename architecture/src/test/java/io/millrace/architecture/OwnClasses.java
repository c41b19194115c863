package io.millrace.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out the libraries that a job's jar relocates below our own root package. */
final class OwnClasses implements ImportOption {

    @Override
    public boolean includes(Location location) {
        return !location.contains("/io/millrace/shaded/");
    }
}
